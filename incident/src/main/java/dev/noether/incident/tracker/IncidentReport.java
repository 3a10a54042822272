package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an incident at one moment, in full.
 *
 * @param id see {@link IncidentId}
 * @param entity the entity's name; empty for a group and for a stalled source
 * @param kind what kind of thing is wrong
 * @param state where it stands
 * @param severity how far beyond the threshold it went
 * @param start event time from which it was wrong, milliseconds, inclusive
 * @param end event time up to which it is known to be wrong, exclusive
 * @param time event time at which this is said
 * @param peakScore the largest alarm score; NaN where there is none
 * @param peakTime event time of the peak; the start where there is none
 * @param pValue p-value of the peak; NaN when unknown
 * @param threshold what the peak was compared with; NaN where there is none
 * @param count anomalous observations; of a group, those of its members
 * @param leading the leading features, the one that deviated most first
 * @param shape in which way the leading feature broke
 * @param description the same in one sentence
 * @param members entities of a group, in the order of their breaking, possibly not all
 * @param memberCount how many entities are in the group
 * @param group id of the group that this incident belongs to
 * @param suppressed why it must not wake anybody; null where it may
 * @param modelVersion version of the model that saw the peak; −1 where none did
 */
public record IncidentReport(
        String id,
        String entity,
        IncidentKind kind,
        IncidentState state,
        Severity severity,
        long start,
        long end,
        long time,
        double peakScore,
        long peakTime,
        double pValue,
        double threshold,
        long count,
        List<LeadingFeature> leading,
        BreakShape shape,
        String description,
        List<String> members,
        int memberCount,
        @Nullable String group,
        @Nullable String suppressed,
        long modelVersion) {
    /** The most leading features that are named. */
    public static final int MOST_LEADING = 8;

    /** The most members that are named. */
    public static final int MOST_MEMBERS = 10_000;

    /** The same in another state. */
    public IncidentReport in(IncidentState other) {
        return copy(other, time, group);
    }

    /** The same as a member of a group. */
    public IncidentReport memberOf(@Nullable String groupId) {
        return copy(state, time, groupId);
    }

    /** The same, said at another time. */
    public IncidentReport at(long otherTime) {
        return copy(state, otherTime, group);
    }

    /** Writes it as plain numbers and texts. */
    public void write(DataOutput target) throws IOException {
        ReportBytes.write(this, target);
    }

    /** Reads what {@link #write} wrote. */
    public static IncidentReport read(DataInput source) throws IOException {
        return ReportBytes.read(source);
    }

    private IncidentReport copy(IncidentState newState, long newTime, @Nullable String newGroup) {
        return new IncidentReport(
                id,
                entity,
                kind,
                newState,
                severity,
                start,
                end,
                newTime,
                peakScore,
                peakTime,
                pValue,
                threshold,
                count,
                leading,
                shape,
                description,
                members,
                memberCount,
                newGroup,
                suppressed,
                modelVersion);
    }
}
