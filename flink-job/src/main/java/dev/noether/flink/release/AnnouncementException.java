package dev.noether.flink.release;

/** Records of the models topic could not be written. None of them becomes visible, or Kafka did not say. */
public class AnnouncementException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public AnnouncementException(String message, Throwable cause) {
        super(message, cause);
    }
}
