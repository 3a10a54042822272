package dev.noether.model.alarm;

/** A statistic of a row that can raise its alarm score, beside the sum of squares on the adaptive baseline. */
public enum AlarmView {
    /**
     * The sum of squares on the starting baseline, which does not change. An incident widens the adaptive baseline for
     * thousands of rows; a later one of the same size is discounted there, and not here.
     */
    STARTING(Math.exp(-3)),

    /** The surprise of the rare counts. */
    COUNTS(Math.exp(-4)),

    /** The surprise of the number of features that deviate at the same time. */
    FEATURES(Math.exp(-4));

    private final double budgetShare;

    AlarmView(double budgetShare) {
        this.budgetShare = budgetShare;
    }

    /** The part of the alarm budget that a new model gives the view, in (0, 1). */
    public double budgetShare() {
        return budgetShare;
    }
}
