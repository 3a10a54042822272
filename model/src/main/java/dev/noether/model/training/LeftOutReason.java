package dev.noether.model.training;

import java.util.Locale;

/**
 * Why a row of the history is not trained on. A row has one reason: the first that applies in this order. The order is
 * stored in a byte of each sampled row only, in no file.
 */
public enum LeftOutReason {
    /** A maintenance window of the calendar. */
    MAINTENANCE(false),
    /** An incident that a person confirmed. */
    CONFIRMED(false),
    /** An incident that was open at the training, and that nobody dismissed. */
    INCIDENT(true),
    /** The model that scored the row found it anomalous, or a row close to it; nobody dismissed the incident. */
    FLAGGED(true),
    /** A long episode whose scores are far beyond those of the other rows, whatever a model said before. */
    EXTREME(true);

    private static final String PREFIX = "data.leftOut.";

    private final boolean isProvisional;

    LeftOutReason(boolean isProvisional) {
        this.isProvisional = isProvisional;
    }

    /** Whether only a model says so: such rows are trained on if they are too many to be incidents. */
    public boolean isProvisional() {
        return isProvisional;
    }

    /** Whether a {@link BlockSampler} samples such rows, so that a model can be judged on them. */
    public boolean isSampled() {
        return this != MAINTENANCE;
    }

    /** The key of the number of rows in the provenance of a model. */
    public String provenanceKey() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }
}
