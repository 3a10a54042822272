package dev.noether.flink.kafka;

import java.util.List;

/** Kafka does not answer, or its topics are not as the job needs them. */
public final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * Makes an exception.
     *
     * @param problems at least one line; each says what is wrong and what would mend it
     */
    public TopicException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
