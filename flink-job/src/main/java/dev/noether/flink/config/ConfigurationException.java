package dev.noether.flink.config;

import java.util.List;

/** A configuration that cannot be used, with every problem that was found in it. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final List<String> problems;

    /**
     * Makes an exception.
     *
     * @param source what was read: a file's name, or where the text came from
     * @param problems at least one; each names the key, its value and what would be right
     */
    public ConfigurationException(String source, List<String> problems) {
        super(source + ": "
                + (problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problems\n  " + String.join("\n  ", problems)));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /** What was read. */
    public String source() {
        return source;
    }

    /** The problems, in the order of the file; what is missing comes last. */
    public List<String> problems() {
        return problems;
    }
}
