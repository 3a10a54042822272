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
 */
public record IncidentOptions(
        Duration quiet,
        List<Double> severityBands,
        Duration groupInterval,
        int groupMinimum,
        boolean silence,
        Duration silenceMinimum,
        Duration stallAfter,
        Duration forgetAfter)
        implements Serializable {
    public IncidentOptions {
        Options.INCIDENTS_QUIET.check(quiet);
        severityBands = List.copyOf(Options.INCIDENTS_SEVERITY_BANDS.check(severityBands));
        Options.INCIDENTS_GROUP_INTERVAL.check(groupInterval);
        Options.INCIDENTS_GROUP_MINIMUM.check(groupMinimum);
        Options.INCIDENTS_SILENCE_MINIMUM.check(silenceMinimum);
        Options.INCIDENTS_STALL_AFTER.check(stallAfter);
        Options.INCIDENTS_FORGET_AFTER.check(forgetAfter);
    }

    static IncidentOptions of(OptionValues values) {
        return new IncidentOptions(
                values.get(Options.INCIDENTS_QUIET),
                values.get(Options.INCIDENTS_SEVERITY_BANDS),
                values.get(Options.INCIDENTS_GROUP_INTERVAL),
                values.get(Options.INCIDENTS_GROUP_MINIMUM),
                values.get(Options.INCIDENTS_SILENCE),
                values.get(Options.INCIDENTS_SILENCE_MINIMUM),
                values.get(Options.INCIDENTS_STALL_AFTER),
                values.get(Options.INCIDENTS_FORGET_AFTER));
    }
}
