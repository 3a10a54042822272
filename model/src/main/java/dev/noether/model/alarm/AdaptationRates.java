package dev.noether.model.alarm;

/**
 * Adaptation rates of an {@link AlarmThreshold}. The defaults suit all series that were measured. With all rates halved
 * or doubled, the pooled alarm rates stay within a factor of 2 of the promise, and of 3.3 at a promised rate of 1e-4.
 *
 * @param locationRate step of the location, in units of the scale, for a window below it; in [0, 0.1]
 * @param scaleRate relative step of the scale for a window that is not rare; in [0, 0.1]
 * @param correctionRate step of the correction; in [0, 0.1]
 * @param patience number of windows for which a burst of high scores pauses the adaptation; at least 1
 * @param leastScale least scale, as a share of the calibrated one; in (0, 1]
 */
public record AdaptationRates(
        double locationRate, double scaleRate, double correctionRate, int patience, double leastScale) {
    private static final double USUAL_LEAST_SCALE = 0.5;

    /** The measured best values. */
    public static final AdaptationRates DEFAULT = new AdaptationRates(7e-4, 5e-4, 4e-3, 300);

    /**
     * For scores that stay high for a whole period. A burst counts once, however long it is. With bursts of hundreds of
     * windows the rare level would therefore seem to be exceeded too seldom, and the scale would shrink without reason:
     * on the series of the UCR anomaly archive the alarm rate at a promised 1e-3 was 5.6 times too high, and is 1.7
     * times with a scale that only grows.
     */
    public static final AdaptationRates LONG_BURSTS = new AdaptationRates(7e-4, 5e-4, 4e-3, 300, 1);

    /** No adaptation: the threshold stays that of the calibration. */
    public static final AdaptationRates NONE = new AdaptationRates(0, 0, 0, 1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public AdaptationRates {
        check("locationRate", locationRate);
        check("scaleRate", scaleRate);
        check("correctionRate", correctionRate);
        if (patience < 1) {
            throw new IllegalArgumentException("`patience` must be at least 1 (got " + patience + ")");
        }
        if (!(leastScale > 0 && leastScale <= 1)) {
            throw new IllegalArgumentException("`leastScale` must be in (0, 1] (got " + leastScale + ")");
        }
    }

    /** Makes rates with which the scale stays above half of the calibrated one. */
    public AdaptationRates(double locationRate, double scaleRate, double correctionRate, int patience) {
        this(locationRate, scaleRate, correctionRate, patience, USUAL_LEAST_SCALE);
    }

    private static void check(String name, double rate) {
        if (!(rate >= 0 && rate <= 0.1)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, 0.1] (got " + rate + ")");
        }
    }
}
