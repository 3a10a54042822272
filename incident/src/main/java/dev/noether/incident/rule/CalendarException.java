package dev.noether.incident.rule;

import java.util.List;

/** A calendar file cannot be understood. */
public final class CalendarException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Makes an exception.
     *
     * @param problems at least one line, each saying what is wrong
     */
    public CalendarException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
