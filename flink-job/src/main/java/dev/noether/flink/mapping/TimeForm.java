package dev.noether.flink.mapping;

/** How a time is written. */
public enum TimeForm {
    /** A text is ISO 8601, a number is in milliseconds, unless the format itself says the unit. */
    AUTO("auto", "", 0),
    /** A text in ISO 8601. */
    ISO("iso", "ISO 8601", 0),
    /** Seconds since 1970 UTC. */
    SECONDS("s", "seconds", 1_000),
    /** Milliseconds since 1970 UTC. */
    MILLISECONDS("ms", "milliseconds", 1),
    /** Microseconds since 1970 UTC. */
    MICROSECONDS("us", "microseconds", 1e-3),
    /** Nanoseconds since 1970 UTC. */
    NANOSECONDS("ns", "nanoseconds", 1e-6);

    private final String label;
    private final String words;
    private final double millis;

    TimeForm(String label, String words, double millis) {
        this.label = label;
        this.words = words;
        this.millis = millis;
    }

    /** Returns the name in the detector file. */
    public String label() {
        return label;
    }

    /** Returns the name in a message. */
    public String words() {
        return words;
    }

    /** Whether times are numbers of this unit. */
    public boolean isUnit() {
        return millis > 0;
    }

    /** Returns the milliseconds of an integer of this unit, rounded down; the largest number if they do not fit. */
    public long toMillis(long value) {
        return switch (this) {
            case SECONDS ->
                value > Long.MAX_VALUE / 1_000
                        ? Long.MAX_VALUE
                        : value < Long.MIN_VALUE / 1_000 ? Long.MIN_VALUE : value * 1_000;
            case MICROSECONDS -> Math.floorDiv(value, 1_000L);
            case NANOSECONDS -> Math.floorDiv(value, 1_000_000L);
            default -> value;
        };
    }

    /** Returns the milliseconds of a number of this unit with a fraction, rounded; the largest number if they do not fit. */
    public long toMillis(double value) {
        return Math.round(value * millis);
    }
}
