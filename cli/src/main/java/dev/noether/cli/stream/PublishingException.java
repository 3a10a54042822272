package dev.noether.cli.stream;

/** Kafka did not accept an observation. The message is one line. */
public final class PublishingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishingException(String message, Throwable cause) {
        super(message, cause);
    }
}
