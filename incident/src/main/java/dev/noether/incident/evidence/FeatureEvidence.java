package dev.noether.incident.evidence;

/**
 * One feature's part in an anomalous score.
 *
 * @param feature the feature's name
 * @param share the feature's part of the score, in [0, 1]
 * @param observed the observed value, in the feature's own unit
 * @param expected the expected value
 * @param deviation deviation of the observed value from the entity's usual one, in usual standard deviations; negative
 *     below it; 0 if unknown
 * @param usualLow lower end of the usual range; NaN if unknown
 * @param usualHigh upper end of the usual range; NaN if unknown
 * @param repeats number of equal values in a row if the feature is stuck, otherwise 0
 */
public record FeatureEvidence(
        String feature,
        float share,
        float observed,
        float expected,
        float deviation,
        float usualLow,
        float usualHigh,
        int repeats) {
    /** Makes evidence of a feature that is not stuck. */
    public FeatureEvidence(
            String feature,
            float share,
            float observed,
            float expected,
            float deviation,
            float usualLow,
            float usualHigh) {
        this(feature, share, observed, expected, deviation, usualLow, usualHigh, 0);
    }

    /** Returns the value that the observation is compared with, see {@link UsualRange#reference}. */
    public float reference() {
        return UsualRange.reference(observed, expected, usualLow, usualHigh);
    }

    /**
     * Returns the number by which features are ranked: the size of the deviation if known, otherwise the share of the
     * score.
     */
    public float rank() {
        return deviation == 0 ? share : Math.abs(deviation);
    }
}
