package dev.noether.model.shape;

/**
 * The level of an entity's signal; windows hold (value − center) / scale.
 *
 * @param center mean, in the unit of the feature
 * @param scale standard deviation, in the unit of the feature, above 0
 */
public record SignalLevel(double center, double scale) {
    /** Checks the numbers. */
    public SignalLevel {
        if (!Double.isFinite(center) || !(scale > 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException(
                    "`center` must be finite and `scale` finite and above 0 (got " + center + " and " + scale + ")");
        }
    }

    /** The scaled value. */
    float toModel(float value) {
        return (float) ((value - center) / scale);
    }
}
