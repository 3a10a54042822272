package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A report of one incident. The detector reports an incident when it opens, when it becomes clearly worse and when it
 * is resolved. Every report holds the whole incident and has the same id.
 *
 * @param identity detector, id, entity and kind; the same in every report of the incident
 * @param state whether this report opens, updates or resolves the incident
 * @param severity how far the worst score exceeded its threshold
 * @param times start and end of the incident, and time of this report
 * @param peak the highest score of the incident
 * @param count number of anomalous observations; of a group, the sum over its members
 * @param diagnosis which features deviated, and a description in one sentence
 * @param group the group that the incident belongs to, or the members if it is a group itself
 * @param suppressed reason why the incident must not alert anybody; null if it may
 */
public record Incident(
        IncidentIdentity identity,
        IncidentState state,
        Severity severity,
        IncidentTimes times,
        IncidentPeak peak,
        long count,
        Diagnosis diagnosis,
        IncidentGroup group,
        @Nullable String suppressed) {
    public Incident {
        requireNonNull(identity, "identity");
        requireNonNull(state, "state");
        requireNonNull(severity, "severity");
        requireNonNull(times, "times");
        requireNonNull(peak, "peak");
        requireNonNull(diagnosis, "diagnosis");
        requireNonNull(group, "group");
    }

    /** The incident's id. */
    public String id() {
        return identity.id();
    }

    /** The entity's name; empty for a group and for a stalled source. */
    public String entity() {
        return identity.entity();
    }

    /** The kind of incident. */
    public IncidentKind kind() {
        return identity.kind();
    }

    /** Event time at which the incident began, milliseconds since 1970 UTC, inclusive. */
    public long start() {
        return times.start();
    }

    /** Event time up to which the incident is known to last, exclusive. */
    public long end() {
        return times.end();
    }

    /** Event time of this report. */
    public long time() {
        return times.reported();
    }

    /** The incident in one sentence. */
    public String description() {
        return diagnosis.description();
    }

    /** Returns the same report with another state. */
    public Incident withState(IncidentState newState) {
        return new Incident(identity, newState, severity, times, peak, count, diagnosis, group, suppressed);
    }

    /** Returns the same report with another report time. */
    public Incident withTime(long reported) {
        IncidentTimes newTimes = new IncidentTimes(times.start(), times.end(), reported);
        return new Incident(identity, state, severity, newTimes, peak, count, diagnosis, group, suppressed);
    }

    /** Returns the same report as a member of the group with this id. */
    public Incident inGroup(String groupId) {
        IncidentGroup newGroup = new IncidentGroup(groupId, group.members(), group.memberCount());
        return new Incident(identity, state, severity, times, peak, count, diagnosis, newGroup, suppressed);
    }
}
