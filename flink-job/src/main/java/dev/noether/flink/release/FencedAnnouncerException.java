package dev.noether.flink.release;

/** Another announcer of the detector was opened later. What this one wanted to write never becomes visible. */
public final class FencedAnnouncerException extends AnnouncementException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public FencedAnnouncerException(String message, Throwable cause) {
        super(message, cause);
    }
}
