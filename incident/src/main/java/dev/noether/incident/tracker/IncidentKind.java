package dev.noether.incident.tracker;

/** What kind of thing is wrong. The order stands in checkpoints. */
public enum IncidentKind {
    /** An entity stopped behaving like itself. */
    ANOMALY,
    /** An entity stopped reporting. */
    SILENCE,
    /** Nothing reports any more. */
    STALL,
    /** Many entities broke at the same time. */
    GROUP
}
