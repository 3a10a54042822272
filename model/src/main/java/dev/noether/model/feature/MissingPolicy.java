package dev.noether.model.feature;

/** The replacement for a missing feature of an observation. The value is context for later rows and is never judged. */
public enum MissingPolicy {
    /** No replacement: the observation is rejected. */
    REJECT {
        @Override
        double value(double last, double usualValue) {
            // Observations without the feature are rejected before. A counter has no increase in its first row and
            // after a
            // reset.
            return last;
        }
    },
    /** The entity's last value: for features that change slowly or are only sent on change. */
    HOLD {
        @Override
        double value(double last, double usualValue) {
            return last;
        }
    },
    /**
     * The mean of the entity's last and usual value, nearer to the usual one with each row: for features that recover.
     */
    INTERPOLATE {
        @Override
        double value(double last, double usualValue) {
            return last + (usualValue - last) / 2;
        }
    },
    /** The usual value: for features whose absence has no meaning. */
    IGNORE {
        @Override
        double value(double last, double usualValue) {
            return usualValue;
        }
    };

    /** The replacement for a missing value, from the last and the usual value of the entity. */
    abstract double value(double last, double usualValue);
}
