package dev.noether.schemas;

/** How far beyond the threshold an incident went; the bands are the detector's. The order is the order of the symbols in the Avro schema. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
