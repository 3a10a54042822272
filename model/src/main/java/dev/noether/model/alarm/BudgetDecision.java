package dev.noether.model.alarm;

/** Whether a calibration can keep a rate of alarms. */
public sealed interface BudgetDecision {
    /** The alarms per window that were asked for. */
    double rate();

    /** What to tell the one who set the budget. */
    String message();

    /**
     * The held-out scores reach far enough: at least 20 of them, neighbours in one burst counted once, lie beyond the
     * threshold.
     */
    record Carried(double rate) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window is carried by the held-out scores";
        }
    }

    /**
     * The threshold lies beyond what was seen, on the fitted tail: a warning.
     *
     * @param scores how many independent scores there were
     * @param needed how many there should be
     */
    record Extrapolated(double rate, double scores, double needed) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window is extrapolated: it takes " + Math.round(needed)
                    + " independent held-out scores and there are " + Math.round(scores)
                    + "; calibrate on more history, or allow more alarms";
        }
    }

    /** There is no threshold worth the name. */
    record Refused(double rate, String reason) implements BudgetDecision {
        @Override
        public String message() {
            return "the budget of " + rate + " alarms per window cannot be kept: " + reason;
        }
    }
}
