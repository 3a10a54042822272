package dev.noether.schemas;

/**
 * How far an incident exceeded the threshold, in bands that the detector configures. Both the Avro schema and the state
 * of the incident tracker store the position of a constant: the order must not change.
 */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
