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
        OptionRegistry.INCIDENTS_QUIET.check(quiet);
        severityBands = List.copyOf(OptionRegistry.INCIDENTS_SEVERITY_BANDS.check(severityBands));
        OptionRegistry.INCIDENTS_GROUP_INTERVAL.check(groupInterval);
        OptionRegistry.INCIDENTS_GROUP_MINIMUM.check(groupMinimum);
        OptionRegistry.INCIDENTS_SILENCE_MINIMUM.check(silenceMinimum);
        OptionRegistry.INCIDENTS_STALL_AFTER.check(stallAfter);
        OptionRegistry.INCIDENTS_FORGET_AFTER.check(forgetAfter);
        OptionRegistry.INCIDENTS_DISMISSAL_HALF_LIFE.check(dismissalHalfLife);
    }

    static IncidentOptions of(OptionValues values) {
        return new IncidentOptions(
                values.get(OptionRegistry.INCIDENTS_QUIET),
                values.get(OptionRegistry.INCIDENTS_SEVERITY_BANDS),
                values.get(OptionRegistry.INCIDENTS_GROUP_INTERVAL),
                values.get(OptionRegistry.INCIDENTS_GROUP_MINIMUM),
                values.get(OptionRegistry.INCIDENTS_SILENCE),
                values.get(OptionRegistry.INCIDENTS_SILENCE_MINIMUM),
                values.get(OptionRegistry.INCIDENTS_STALL_AFTER),
                values.get(OptionRegistry.INCIDENTS_FORGET_AFTER),
                values.get(OptionRegistry.INCIDENTS_DISMISSAL_HALF_LIFE));
    }
}
