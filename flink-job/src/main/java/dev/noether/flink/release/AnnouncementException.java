package dev.noether.flink.release;

import org.jspecify.annotations.Nullable;

/**
 * Records of the models topic were not written. None of them becomes visible, unless Kafka has committed them and its
 * answer was lost.
 */
public class AnnouncementException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public AnnouncementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
