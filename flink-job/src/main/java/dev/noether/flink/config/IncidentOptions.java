package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How anomalous scores become incidents.
 *
 * @param quiet an incident is over when nothing anomalous came for so long in event time
 * @param severityBands by how much the score must exceed the threshold to be medium, high and critical
 * @param groupInterval incidents that open within so long of each other may be one outbreak
 * @param groupMinimum entities of an outbreak at least
 * @param silence whether an entity that falls silent is an incident
 * @param silenceMinimum no shorter silence is one
 * @param stallAfter the source is stalled when nothing came for so long in processing time
 * @param forgetAfter an entity that was silent for so long is gone
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
}
