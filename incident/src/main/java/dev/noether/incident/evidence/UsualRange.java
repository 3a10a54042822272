package dev.noether.incident.evidence;

/**
 * The value that an observation is compared with. A model's expectation follows an extreme value, because the value is
 * part of the model's input: it may then lie far outside the usual range too, even beyond the observation. Such an
 * expectation says nothing about what is usual. Stateless.
 */
public final class UsualRange {
    private UsualRange() {}

    /**
     * Whether both the observation and the expectation lie outside of the usual range, on any side of it. False if the
     * range is unknown. A feature that never moved has a range of one value.
     */
    public static boolean isLeftByBoth(float observed, float expected, float usualLow, float usualHigh) {
        return usualLow <= usualHigh
                && (observed > usualHigh || observed < usualLow)
                && (expected > usualHigh || expected < usualLow);
    }

    /** The expected value; the nearest end of the usual range if the expectation follows the observation out of it. */
    public static float reference(float observed, float expected, float usualLow, float usualHigh) {
        if (!isLeftByBoth(observed, expected, usualLow, usualHigh)) {
            return expected;
        }
        return observed > usualHigh ? usualHigh : usualLow;
    }
}
