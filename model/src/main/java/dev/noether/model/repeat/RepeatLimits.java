package dev.noether.model.repeat;

import java.util.stream.IntStream;

/**
 * How many equal values in a row are too many, by feature, for a promised rate of alarms.
 *
 * <p>A tenth of the promised alarms is set aside, beside those of the score, and shared equally by the features that are watched:
 * a run of the limit's length begins with a given row with at most that chance. A limit is at least {@value #LEAST_ROWS} rows,
 * and twice the longest run of the history.
 *
 * <p>Immutable; thread safe.
 */
public final class RepeatLimits {
    /** Fewer equal values are no standing still. */
    public static final int LEAST_ROWS = 5;

    private static final double SHARE = 0.1;
    private static final int BEYOND_LONGEST = 2;

    private final RepeatLaw law;
    private final int[] watched;
    private final int[] limits;

    /**
     * Sets limits.
     *
     * @param law of the model
     * @param rate alarms promised per window, in (0, 1)
     */
    public RepeatLimits(RepeatLaw law, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("`rate` must be in (0, 1) (got " + rate + ")");
        }
        this.law = law;
        this.watched = IntStream.range(0, law.features())
                .filter(feature -> law.counts().get(feature).isMoving())
                .toArray();
        this.limits = new int[law.features()];
        for (int feature : watched) {
            RepeatCounts counts = law.counts().get(feature);
            int beyond = counts.rows(SHARE * rate / watched.length);
            limits[feature] = Math.max(LEAST_ROWS, Math.max(BEYOND_LONGEST * counts.longest(), beyond));
        }
    }

    /** The features that are watched; not a copy. */
    int[] watched() {
        return watched;
    }

    /** The number of features that are watched. */
    public int size() {
        return watched.length;
    }

    /** So many equal values in a row are too many; 0 where the feature is not watched. */
    public int limit(int feature) {
        return limits[feature];
    }

    /** How likely so many equal values in a row are, above 0. */
    public double pValue(int feature, int rows) {
        return Math.max(Double.MIN_NORMAL, law.counts().get(feature).tail(rows));
    }
}
