package dev.noether.schemas;

/** Where an incident stands in its life. The order is the order of the symbols in the Avro schema. */
public enum IncidentState {
    /** Said once, when it begins. */
    OPENED,
    /** It became clearly worse. */
    UPDATED,
    /** Said once, when it is over. */
    RESOLVED
}
