package dev.noether.flink.config;

import java.util.List;

/** A configuration is invalid. The exception carries every problem. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final List<String> problems;

    /**
     * Creates an exception.
     *
     * @param source file name, or origin of the text
     * @param problems at least one; each names the key, its value and the allowed values
     */
    public ConfigurationException(String source, List<String> problems) {
        super(source + ": "
                + (problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problems\n  " + String.join("\n  ", problems)));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /** File name, or origin of the text. */
    public String source() {
        return source;
    }

    /** Problems in the order of the file; missing keys come last. */
    public List<String> problems() {
        return problems;
    }
}
