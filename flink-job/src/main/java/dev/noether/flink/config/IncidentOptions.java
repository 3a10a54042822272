package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How anomalous scores become incidents.
 *
 * @param quiet time without an anomalous score, in event time, after which an incident ends
 * @param severityBands score above the threshold at which medium, high and critical begin
 * @param groupInterval time within which incidents that open may form one outbreak
 * @param groupMinimum smallest number of entities in an outbreak
 * @param silence whether an incident opens when an entity stops reporting
 * @param silenceMinimum shortest silence that is an incident
 * @param stallAfter time without any observation, in processing time, after which the source is stalled
 * @param forgetAfter silence after which the state of an entity is deleted
 * @param dismissalHalfLife event time after which a dismissed incident counts half; zero if it changes no threshold
 */
public record IncidentOptions(
        Duration quiet,
        List<Double> severityBands,
        Duration groupInterval,
        int groupMinimum,
        boolean silence,
        Duration silenceMinimum,
        Duration stallAfter,
        Duration forgetAfter,
        Duration dismissalHalfLife)
        implements Serializable {
    public IncidentOptions {
        IncidentSection.QUIET.check(quiet);
        severityBands = List.copyOf(IncidentSection.SEVERITY_BANDS.check(severityBands));
        IncidentSection.GROUP_INTERVAL.check(groupInterval);
        IncidentSection.GROUP_MINIMUM.check(groupMinimum);
        IncidentSection.SILENCE_MINIMUM.check(silenceMinimum);
        IncidentSection.STALL_AFTER.check(stallAfter);
        IncidentSection.FORGET_AFTER.check(forgetAfter);
        IncidentSection.DISMISSAL_HALF_LIFE.check(dismissalHalfLife);
    }

    static IncidentOptions of(OptionValues values) {
        return new IncidentOptions(
                values.get(IncidentSection.QUIET),
                values.get(IncidentSection.SEVERITY_BANDS),
                values.get(IncidentSection.GROUP_INTERVAL),
                values.get(IncidentSection.GROUP_MINIMUM),
                values.get(IncidentSection.SILENCE),
                values.get(IncidentSection.SILENCE_MINIMUM),
                values.get(IncidentSection.STALL_AFTER),
                values.get(IncidentSection.FORGET_AFTER),
                values.get(IncidentSection.DISMISSAL_HALF_LIFE));
    }
}
