package dev.noether.flink.check;

/**
 * One result of a check.
 *
 * @param level how much it matters
 * @param text the result in one line
 */
public record Finding(Level level, String text) {
    /** How much a finding matters. */
    public enum Level {
        /** The detector cannot work with these records. */
        PROBLEM,
        /** The detector works, but not as its owner probably expects. */
        WARNING,
        /** A fact that helps to choose settings. */
        INFORMATION
    }

    static Finding problem(String text) {
        return new Finding(Level.PROBLEM, text);
    }

    static Finding warning(String text) {
        return new Finding(Level.WARNING, text);
    }

    static Finding information(String text) {
        return new Finding(Level.INFORMATION, text);
    }
}
