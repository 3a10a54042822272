package dev.noether.cli.fleet;

import java.util.List;

/**
 * A fault that the simulation adds to the telemetry: the ground truth for detection. Immutable.
 *
 * @param entity name of the server
 * @param kind kind of the fault
 * @param features names of the affected features; empty for {@link FaultKind#SILENCE}
 * @param start first minute of the fault
 * @param end first minute after the fault
 */
public record LabelledFault(String entity, FaultKind kind, List<String> features, long start, long end) {
    public LabelledFault {
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
