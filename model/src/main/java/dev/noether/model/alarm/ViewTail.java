package dev.noether.model.alarm;

/**
 * The tail of one statistic in normal operation, and its part of the alarm budget. It converts values of the statistic
 * to surprises, so that statistics of different units can be compared. Immutable; thread safe.
 *
 * @param budgetShare part of the alarm budget, in (0, 1]
 * @param location value that one in ten rows exceeds, finite
 * @param scale scale of the tail, above 0
 * @param tail form of the tail
 */
public record ViewTail(double budgetShare, double location, double scale, ParetoTail tail) {
    private static final double SURPRISE_OF_TAIL = -Math.log(TailCalibration.TAIL_SHARE);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ViewTail {
        if (!(budgetShare > 0 && budgetShare <= 1)) {
            throw new IllegalArgumentException("`budgetShare` must be in (0, 1] (got " + budgetShare + ")");
        }
        if (!Double.isFinite(location) || !(scale > 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException("`location` must be finite and `scale` finite and above 0 (got "
                    + location + " and " + scale + ")");
        }
    }

    /** The tail of a statistic whose values in normal operation were calibrated. */
    public static ViewTail of(TailCalibration calibration, double budgetShare) {
        return new ViewTail(budgetShare, calibration.location(), calibration.scale(), calibration.tail());
    }

    /**
     * Minus the logarithm of the share of rows with at least this value, divided by the part of the budget.
     *
     * @return surprise; 0 below the tail
     */
    public double surprise(double value) {
        if (!(value > location)) {
            return 0;
        }
        return SURPRISE_OF_TAIL + tail.surprise((value - location) / scale) + Math.log(budgetShare);
    }

    /** The value that one row in 400 exceeds. */
    public double rareValue() {
        return location + scale * tail.quantile(Math.log(TailCalibration.TAIL_SHARE / TailCalibration.RARE_SHARE));
    }

    /** The value with a surprise, which must lie in the tail: the inverse of {@link #surprise}. */
    double value(double surprise) {
        return location + scale * tail.quantile(Math.max(0, surprise - SURPRISE_OF_TAIL - Math.log(budgetShare)));
    }
}
