package dev.noether.model.alarm;

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
     * The threshold lies above most held-out scores, on the fitted tail; the detector warns.
     *
     * @param rate requested alarms per window
     * @param scores number of independent held-out scores
     * @param needed number of independent scores that would support the rate
     */
    record Extrapolated(double rate, double scores, double needed) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window is extrapolated: it needs " + Math.round(needed)
                    + " independent held-out scores and there are " + Math.round(scores)
                    + "; calibrate on more history, or allow more alarms";
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
