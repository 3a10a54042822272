package dev.noether.schemas;

/**
 * The stage of an incident that a report announces. Both the Avro schema and the state of the incident tracker store
 * the position of a constant: the order must not change.
 */
public enum IncidentState {
    /** The incident begins; reported once. */
    OPENED,
    /** The incident became clearly worse. */
    UPDATED,
    /** The incident is over; reported once. */
    RESOLVED
}
