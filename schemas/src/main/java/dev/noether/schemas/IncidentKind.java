package dev.noether.schemas;

/**
 * The kind of an incident. Both the Avro schema and the state of the incident tracker store the position of a constant:
 * the order must not change.
 */
public enum IncidentKind {
    /** The values of an entity are anomalous. */
    ANOMALY,
    /** An entity stopped reporting. */
    SILENCE,
    /** The whole source stopped reporting. */
    STALL,
    /** Incidents of many entities began at the same time. */
    GROUP,
    /** A kind that this version does not know. */
    OTHER
}
