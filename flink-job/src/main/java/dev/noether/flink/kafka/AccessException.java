package dev.noether.flink.kafka;

import java.util.List;

/** Kafka does not let this client in, or denies it a right. Trying again does not help. */
public final class AccessException extends TopicException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param problems at least one line; each names a problem and its solution
     */
    public AccessException(List<String> problems) {
        super(problems);
    }
}
