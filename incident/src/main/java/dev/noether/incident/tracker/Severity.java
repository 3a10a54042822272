package dev.noether.incident.tracker;

/** How far beyond the threshold an incident went; see {@link SeverityBands}. The order stands in checkpoints. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
