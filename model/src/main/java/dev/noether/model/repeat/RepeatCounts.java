package dev.noether.model.repeat;

/**
 * Counts of exact repetitions of one feature's value in consecutive rows of a history.
 *
 * @param moves number of pairs of consecutive rows whose first value had not repeated
 * @param repeats number of those pairs with equal values
 * @param laterMoves number of pairs of consecutive rows whose first value had repeated already
 * @param laterRepeats number of those pairs with equal values
 * @param longest length of the longest run of equal values, in rows
 */
public record RepeatCounts(int moves, int repeats, int laterMoves, int laterRepeats, int longest) {
    /** Number of ints in a record. */
    public static final int INTS = 5;

    /** Counts of no data. */
    public static final RepeatCounts NONE = new RepeatCounts(0, 0, 0, 0, 0);

    /** A feature that repeats in more than one of this many rows is not checked for stuck values. */
    private static final int MOVING = 100;

    /** Fewer pairs of rows are too few for an estimate. */
    private static final int LEAST_MOVES = 200;

    /** Lower bound of the probability that a repeated value repeats again. */
    private static final double LEAST_CONTINUATION = 0.5;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if there are more repeats than pairs, or a count is negative
     */
    public RepeatCounts {
        if (repeats < 0 || repeats > moves || laterRepeats < 0 || laterRepeats > laterMoves || longest < 0) {
            throw new IllegalArgumentException("repeats must be among the moves (got " + repeats + " of " + moves
                    + ", and " + laterRepeats + " of " + laterMoves + ", the longest " + longest + ")");
        }
    }

    /** Whether the feature changes in nearly every row, so that equal values in many rows are evidence of a fault. */
    public boolean isMoving() {
        long pairs = (long) moves + laterMoves;
        return pairs >= LEAST_MOVES && ((long) repeats + laterRepeats) * MOVING <= pairs;
    }

    /**
     * The probability that a run of equal values that begins at a given row has at least this length.
     *
     * <p>The probability of the first repetition is {@code (repeats + 1) / (moves + 2)} (Laplace's rule). That of each
     * further repetition follows the same rule over the later pairs, but is at least one half, because longer runs are
     * rare in a history and their causes persist.
     *
     * @param rows length of the run, at least 2
     */
    public double tail(int rows) {
        return first() * Math.pow(continuation(), rows - 2);
    }

    /** The shortest run whose {@link #tail} is at most a probability; {@link Integer#MAX_VALUE} if there is none. */
    int rows(double chance) {
        double further = Math.ceil(Math.log(chance / first()) / Math.log(continuation()));
        return further >= Integer.MAX_VALUE - 2 ? Integer.MAX_VALUE : 2 + (int) Math.max(0, further);
    }

    private double first() {
        return (repeats + 1.0) / (moves + 2.0);
    }

    private double continuation() {
        return Math.max(LEAST_CONTINUATION, (laterRepeats + 1.0) / (laterMoves + 2.0));
    }
}
