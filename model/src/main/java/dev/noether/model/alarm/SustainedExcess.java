package dev.noether.model.alarm;

/**
 * How far the recent rows of an entity all lay beyond what is usual, in one view. A view on a baseline that never
 * adapts stays high for good after a lasting change, such as a new level. What has been kept up is no news, so it is
 * taken off the values that follow. As soon as a value is lower, only that lower excess counts as kept up: an entity
 * that went back to normal has none, and its next incident is judged in full.
 */
public final class SustainedExcess {
    /**
     * Share of the present excess that one row adds: the rate of the score's memory, which also says what the recent
     * rows were like. After 43 rows a twentieth of the excess is left.
     */
    private static final double RATE = 0.07;

    private SustainedExcess() {}

    /**
     * The sustained excess after a row.
     *
     * @param sustained sustained excess before the row, at least 0
     * @param value value of the view; NaN changes nothing
     * @param usual value of the view that is not news, such as {@link ViewTail#rareValue}
     * @return at least 0
     */
    public static float after(float sustained, double value, double usual) {
        if (Double.isNaN(value)) {
            return sustained;
        }
        double excess = Math.max(0, value - usual);
        return (float) (excess <= sustained ? excess : sustained + RATE * (excess - sustained));
    }
}
