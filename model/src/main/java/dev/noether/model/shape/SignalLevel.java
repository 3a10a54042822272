package dev.noether.model.shape;

import java.util.List;

/**
 * The level of an entity's signal; windows hold (value − center) / scale.
 *
 * @param center mean, in the unit of the feature
 * @param scale standard deviation, in the unit of the feature, above 0
 */
public record SignalLevel(double center, double scale) {
    /** The largest scaled value: beyond it, squares would leave the range of a float. */
    private static final double LARGEST_SCALED = 1e6;

    /** Checks the numbers. */
    public SignalLevel {
        if (!Double.isFinite(center) || !(scale > 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException(
                    "`center` must be finite and `scale` finite and above 0 (got " + center + " and " + scale + ")");
        }
    }

    /** The scaled value, limited so that its square is finite. */
    public float toModel(float value) {
        return scaled(value, center, scale);
    }

    /** The same of a level given by its numbers. */
    static float scaled(float value, double center, double scale) {
        return (float) Math.max(-LARGEST_SCALED, Math.min(LARGEST_SCALED, (value - center) / scale));
    }

    /**
     * The mean and the deviation of the usual values of runs.
     *
     * @param otherwise scale of a constant signal, above 0
     */
    static SignalLevel of(List<SignalRun> runs, double otherwise) {
        double sum = 0;
        long count = 0;
        for (SignalRun run : runs) {
            for (float value : run.usual()) {
                sum += value;
            }
            count += run.usual().length;
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (SignalRun run : runs) {
            for (float value : run.usual()) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return new SignalLevel(mean, deviation > 0 ? deviation : otherwise);
    }
}
