package dev.noether.model.repeat;

/**
 * How often the value of a feature came again in the next row, exactly, over a history.
 *
 * @param moves pairs of neighbouring rows behind a value that had come once
 * @param repeats those of them with equal values
 * @param laterMoves pairs of neighbouring rows behind a value that had come at least twice in a row
 * @param laterRepeats those of them with equal values
 * @param longest most rows in a row with one value
 */
public record RepeatCounts(int moves, int repeats, int laterMoves, int laterRepeats, int longest) {
    /** The ints of one. */
    public static final int INTS = 5;

    /** Nothing is known. */
    public static final RepeatCounts NONE = new RepeatCounts(0, 0, 0, 0, 0);

    /** A feature that repeats more often than in one row of so many stands still by nature: it is not watched. */
    private static final int MOVING = 100;

    /** Fewer pairs of rows say nothing. */
    private static final int LEAST_MOVES = 200;

    /** A value that came so often in a row is no more likely than this to move on, however seldom it was seen. */
    private static final double LEAST_CONTINUATION = 0.5;

    public RepeatCounts {
        if (repeats < 0 || repeats > moves || laterRepeats < 0 || laterRepeats > laterMoves || longest < 0) {
            throw new IllegalArgumentException("repeats must be among the moves (got " + repeats + " of " + moves
                    + ", and " + laterRepeats + " of " + laterMoves + ", the longest " + longest + ")");
        }
    }

    /** Whether the feature moves nearly always, so that standing still means something. */
    public boolean isMoving() {
        long pairs = (long) moves + laterMoves;
        return pairs >= LEAST_MOVES && ((long) repeats + laterRepeats) * MOVING <= pairs;
    }

    /**
     * How likely a value is to come so often in a row, or more often, beginning with a given row.
     *
     * <p>The first repetition by Laplace's rule, {@code (repeats + 1) / (moves + 2)}; each further one by the same rule over
     * all later ones, and at least by a half: what was seen of runs that go on is little, and whatever once made a value
     * repeat is likely to do so again.
     *
     * @param rows at least 2
     */
    public double tail(int rows) {
        return first() * Math.pow(continuation(), rows - 2);
    }

    /** The fewest rows in a row whose {@link #tail} is at most this; {@link Integer#MAX_VALUE} where there is no such number. */
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
