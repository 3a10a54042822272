package dev.noether.model.shape;

/**
 * The distribution of the alarm scores of single rows, without the shape view, on the training history.
 *
 * @param median their median
 * @param spread their 90 % quantile less the median, above 0
 * @param largest the largest of them
 */
public record RowReference(double median, double spread, double largest) {
    /** Before any row was judged. */
    static final RowReference NONE = new RowReference(0, 1, Float.MAX_VALUE);

    /** Checks the numbers. */
    public RowReference {
        if (!Double.isFinite(median) || !(spread > 0) || !Double.isFinite(spread) || !Double.isFinite(largest)) {
            throw new IllegalArgumentException("`median` and `largest` must be finite and `spread` finite and above 0"
                    + " (got " + median + ", " + largest + " and " + spread + ")");
        }
    }

    /** The standardised alarm score of a row: 0 for the median, 1 for the 90 % quantile. */
    double standardised(double alarmScore) {
        return (alarmScore - median) / spread;
    }

    /** By how much a row exceeds every row of the training history; at least 0. */
    double excess(double alarmScore) {
        return Math.max(0, alarmScore - largest);
    }
}
