package dev.noether.incident.anomaly;

/**
 * Settings of {@link AnomalyTracker}.
 *
 * @param quietMillis minimum time without an anomalous score that resolves an incident, milliseconds of event time, at
 *     least 1
 * @param bands the bounds between severities
 */
public record AnomalyOptions(long quietMillis, SeverityBands bands) {
    /**
     * Minimum time without an anomalous score that resolves an incident, in usual reporting intervals of the entity.
     */
    public static final int QUIET_INTERVALS = 10;

    public AnomalyOptions {
        if (quietMillis < 1) {
            throw new IllegalArgumentException("`quietMillis` must be at least 1 (got " + quietMillis + ")");
        }
    }
}
