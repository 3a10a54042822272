package dev.noether.cli.fleet;

import java.util.List;

/**
 * An incident that the simulation put into the stream: the ground truth; immutable.
 *
 * @param entity name of the server
 * @param kind what goes wrong
 * @param features names of the features that show it; empty for {@link IncidentKind#SILENCE}, which shows in none
 * @param start first minute of it
 * @param end first minute after it
 */
public record LabelledIncident(String entity, IncidentKind kind, List<String> features, long start, long end) {
    public LabelledIncident {
        features = List.copyOf(features);
        if (start >= end) {
            throw new IllegalArgumentException("`start` must be before `end` (got " + start + " and " + end + ")");
        }
    }

    /** Whether the minute lies in [start, end). */
    public boolean covers(long minute) {
        return minute >= start && minute < end;
    }

    /** The length in minutes. */
    public int minutes() {
        return Math.toIntExact(end - start);
    }
}
