package dev.noether.model.alarm;

import java.util.Locale;

/** Whether a calibration can support a rate of alarms. */
public sealed interface BudgetDecision {
    /** The requested alarms per window. */
    double rate();

    /** Explanation for the person who set the budget. */
    String message();

    /**
     * The held-out scores support the rate: at least 20 independent ones lie above the threshold, where a burst counts
     * as one.
     *
     * @param rate requested alarms per window
     */
    record Carried(double rate) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window is supported by the held-out scores";
        }
    }

    /**
     * The threshold lies above most held-out scores, on the fitted tail, which is heavier the fewer scores there are;
     * the detector warns.
     *
     * @param rate requested alarms per window
     * @param scores number of independent held-out scores
     * @param needed number of independent scores that would support the rate
     */
    record Extrapolated(double rate, double scores, double needed) implements BudgetDecision {
        /** The number of rows between two alarms of the smallest budget that the history carries. */
        public long carriedRows() {
            return Math.max(1, Math.round(scores / needed / rate));
        }

        @Override
        public String message() {
            return String.format(
                    Locale.ROOT,
                    "the history carries a budget of one alarm in %,d rows, and the budget is one alarm in %,d rows: it"
                            + " has %,d independent scores, and %,d are needed. The threshold is extrapolated, and widened"
                            + " by what the history leaves uncertain; train on more history, or allow more alarms",
                    carriedRows(),
                    Math.round(1 / rate),
                    Math.round(scores),
                    Math.round(needed));
        }
    }

    /**
     * No threshold can keep the rate.
     *
     * @param rate requested alarms per window
     * @param reason reason, for the message
     */
    record Refused(double rate, String reason) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window cannot be kept: " + reason;
        }
    }
}
