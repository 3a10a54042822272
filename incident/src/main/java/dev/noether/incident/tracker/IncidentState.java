package dev.noether.incident.tracker;

/** Where an incident stands in its life. The order stands in checkpoints. */
public enum IncidentState {
    /** Said once, when it begins. */
    OPENED,
    /** It became clearly worse. */
    UPDATED,
    /** Said once, when it is over. */
    RESOLVED
}
