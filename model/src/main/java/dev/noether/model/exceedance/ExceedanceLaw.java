package dev.noether.model.exceedance;

import java.util.List;

/**
 * How many features deviate at the same time in normal operation, at several levels of deviation. A break of few of
 * hundreds of features is hidden in a sum over all squares, whose normal variation is that of all features. The number
 * of features beyond rare limits shows it: of 500 features half a feature is beyond a limit that one row in a thousand
 * exceeds, and 19 of 25 features that moved by four standard deviations are.
 *
 * <p>The limits are the features' own, from the history, so features with heavy tails do not count more than others.
 *
 * <p>Immutable; thread safe. Judging a row allocates nothing.
 */
public final class ExceedanceLaw {
    /** A model that does not count features. */
    public static final ExceedanceLaw NONE = new ExceedanceLaw(List.of());

    private final List<ExceedanceLevel> levels;
    private final double[][] surprises;

    /**
     * Makes a law.
     *
     * @param levels levels, all with the same number of features
     * @throws IllegalArgumentException if the numbers of features differ
     */
    public ExceedanceLaw(List<ExceedanceLevel> levels) {
        this.levels = List.copyOf(levels);
        for (ExceedanceLevel level : levels) {
            if (level.limits().length != levels.get(0).limits().length) {
                throw new IllegalArgumentException("all levels must have the same features (got "
                        + levels.get(0).limits().length + " and " + level.limits().length + ")");
            }
        }
        surprises = this.levels.stream().map(ExceedanceLevel::surprises).toArray(double[][]::new);
    }

    /** The levels. */
    public List<ExceedanceLevel> levels() {
        return levels;
    }

    /** The number of features; 0 without levels. */
    public int features() {
        return levels.isEmpty() ? 0 : levels.get(0).limits().length;
    }

    /**
     * The largest surprise over the levels, in the unit of minus a log-probability.
     *
     * @param squares squared standardised residual of each feature
     * @param widening divisor for squares of a baseline that is still a common one, at least 1
     * @return surprise, at least 0; NaN without levels
     */
    public double surprise(float[] squares, double widening) {
        if (surprises.length == 0) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < surprises.length; i++) {
            int count = levels.get(i).count(squares, (float) widening);
            largest = Math.max(largest, surprises[i][count]);
        }
        return largest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExceedanceLaw that && levels.equals(that.levels);
    }

    @Override
    public int hashCode() {
        return levels.hashCode();
    }
}
