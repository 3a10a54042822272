package dev.noether.schemas;

/** What kind of thing is wrong. The order is the order of the symbols in the Avro schema. */
public enum IncidentKind {
    /** An entity stopped behaving like itself. */
    ANOMALY,
    /** An entity stopped reporting. */
    SILENCE,
    /** Nothing reports any more. */
    STALL,
    /** Many entities broke at the same time. */
    GROUP,
    /** A kind that this version does not know. */
    OTHER
}
