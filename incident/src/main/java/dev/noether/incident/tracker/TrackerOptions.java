package dev.noether.incident.tracker;

import dev.noether.incident.anomaly.AnomalyOptions;
import dev.noether.incident.rate.AllowedAlarmRate;
import dev.noether.incident.silence.SilenceOptions;

/**
 * Settings of {@link IncidentTracker}.
 *
 * @param detector the detector's name
 * @param anomalies settings of anomaly incidents
 * @param silences settings of silence incidents
 * @param forgetMillis time without a report after which an entity is forgotten, milliseconds of event time, at least 1
 * @param allowedAlarms the alarm rate that the budget allows
 */
public record TrackerOptions(
        String detector,
        AnomalyOptions anomalies,
        SilenceOptions silences,
        long forgetMillis,
        AllowedAlarmRate allowedAlarms) {
    public TrackerOptions {
        if (forgetMillis < 1) {
            throw new IllegalArgumentException("`forgetMillis` must be at least 1 (got " + forgetMillis + ")");
        }
    }
}
