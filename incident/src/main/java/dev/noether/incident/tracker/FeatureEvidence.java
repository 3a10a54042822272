package dev.noether.incident.tracker;

/**
 * What one feature has to do with an anomalous score.
 *
 * @param feature its name
 * @param share its part of the score, in [0, 1]
 * @param observed the value that was reported, in the feature's own unit
 * @param expected the value that was expected
 * @param deviation squared deviation of the reported value from what is usual, in units of the entity's usual variance; 0
 *     where it is not known
 * @param usualLow lower end of the usual range; NaN where it is not known
 * @param usualHigh upper end of the usual range; NaN where it is not known
 * @param repeats in how many rows in a row it had exactly this value, where that is more than it should; 0 where it moves
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
    /** Of a feature that moves. */
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

    /** What features are ranked by: the deviation of the input, or else the share of the score. */
    public float rank() {
        return deviation > 0 ? deviation : share;
    }
}
