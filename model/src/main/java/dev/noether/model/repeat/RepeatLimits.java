package dev.noether.model.repeat;

import java.util.stream.IntStream;

/**
 * The number of consecutive equal values, for each feature, from which its value is stuck.
 *
 * <p>Stuck values have a false alarm rate of one tenth of the rate promised for scores, in addition to it, in equal
 * parts for each checked feature. A limit is the shortest run whose probability is within that rate, but at least
 * {@value #LEAST_ROWS} rows and at least twice the longest run of the history.
 *
 * <p>Immutable; thread safe.
 */
public final class RepeatLimits {
    /** Smallest limit, in rows. */
    public static final int LEAST_ROWS = 5;

    private static final double SHARE = 0.1;
    private static final int BEYOND_LONGEST = 2;

    private final RepeatLaw law;
    private final int[] checkedFeatures;
    private final int[] limits;

    /**
     * Computes the limits.
     *
     * @param law law of the model
     * @param rate alarms promised per window, in (0, 1)
     */
    public RepeatLimits(RepeatLaw law, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("`rate` must be in (0, 1) (got " + rate + ")");
        }
        this.law = law;
        this.checkedFeatures = IntStream.range(0, law.features())
                .filter(feature -> law.counts().get(feature).isMoving())
                .toArray();
        this.limits = new int[law.features()];
        for (int feature : checkedFeatures) {
            RepeatCounts counts = law.counts().get(feature);
            int beyond = counts.rows(SHARE * rate / checkedFeatures.length);
            limits[feature] = Math.max(LEAST_ROWS, Math.max(BEYOND_LONGEST * counts.longest(), beyond));
        }
    }

    /** The features that are checked for stuck values; not a copy. */
    int[] checkedFeatures() {
        return checkedFeatures;
    }

    /** The number of features that are checked for stuck values. */
    public int size() {
        return checkedFeatures.length;
    }

    /** The number of equal values in consecutive rows from which a feature is stuck; 0 if it is not checked. */
    public int limit(int feature) {
        return limits[feature];
    }

    /** The probability of a run of at least this many equal values, above 0. */
    public double pValue(int feature, int rows) {
        return Math.max(Double.MIN_NORMAL, law.counts().get(feature).tail(rows));
    }
}
