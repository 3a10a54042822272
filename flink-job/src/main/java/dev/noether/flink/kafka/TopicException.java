package dev.noether.flink.kafka;

import java.util.List;

/** Kafka does not answer, or topics are missing or have wrong settings. */
public sealed class TopicException extends RuntimeException permits AccessException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * Creates an exception.
     *
     * @param problems at least one line; each names a problem and its solution
     */
    public TopicException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
