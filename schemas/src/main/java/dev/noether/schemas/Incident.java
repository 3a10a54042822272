package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, told when it opens, when it becomes clearly worse and when it is over: each time in full, with
 * the same id.
 *
 * <p>In memory an absent number is {@code NaN} (or {@link Score#NO_MODEL}); on the wire it is Avro's null.
 *
 * @param detector the detector's name
 * @param id made of detector, kind, entity and start: the same after a failure or in a replay
 * @param entity the entity's name; empty for a group and for a stalled source
 * @param kind what kind of thing is wrong
 * @param state where it stands
 * @param severity how far beyond the threshold it went
 * @param start event time from which it was wrong, milliseconds since 1970 UTC, inclusive
 * @param end event time up to which it is known to be wrong, exclusive; final when RESOLVED
 * @param time event time at which this was said
 * @param peakScore the largest alarm score; NaN where there is none
 * @param peakTime event time of the peak; the start where there is none
 * @param pValue share of normal windows at least as strange as the peak; NaN when unknown
 * @param threshold what the peak was compared with; NaN where there is none
 * @param count anomalous observations; of a group, those of its members
 * @param causes the leading features, the one that deviated most first
 * @param shape in which way the leading feature broke
 * @param description the same in one sentence
 * @param members entities of a group, in the order of their breaking; at most {@link #MOST_MEMBERS}
 * @param memberCount how many entities are in the group
 * @param group id of the group that this incident belongs to
 * @param suppressed why it must not wake anybody; null where it may
 * @param modelVersion version of the model that saw the peak; {@link Score#NO_MODEL} where none did
 */
public record Incident(
        String detector,
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
        List<Cause> causes,
        BreakShape shape,
        String description,
        List<String> members,
        int memberCount,
        @Nullable String group,
        @Nullable String suppressed,
        long modelVersion) {
    /** The most members that are listed by name. */
    public static final int MOST_MEMBERS = 10_000;

    public Incident {
        requireNonNull(detector, "detector");
        requireNonNull(id, "id");
        requireNonNull(entity, "entity");
        requireNonNull(kind, "kind");
        requireNonNull(state, "state");
        requireNonNull(severity, "severity");
        requireNonNull(causes, "causes");
        requireNonNull(shape, "shape");
        requireNonNull(description, "description");
        requireNonNull(members, "members");
    }
}
