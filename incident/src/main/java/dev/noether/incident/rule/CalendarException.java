package dev.noether.incident.rule;

import java.util.List;

/** Reports all problems of a calendar file. */
public final class CalendarException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Makes an exception.
     *
     * @param problems descriptions of the problems, one line each, at least one
     */
    public CalendarException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, one line each. */
    public List<String> problems() {
        return problems;
    }
}
