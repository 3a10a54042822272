package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * An incident as it was when a person judged it, so that a reader of {@link Feedback} needs no look-up.
 *
 * @param identity detector, id, entity and kind
 * @param start event time at which the incident began, milliseconds since 1970 UTC, inclusive
 * @param end event time up to which it was known to last, exclusive
 * @param peakScore its highest alarm score; NaN if no score exceeded its threshold
 * @param threshold the threshold that the peak was compared with; NaN if there is no peak
 * @param pValue share of normal windows that score at least as high as the peak; NaN if unknown
 * @param diagnosis which features deviated, and a description in one sentence
 */
public record JudgedIncident(
        IncidentIdentity identity,
        long start,
        long end,
        double peakScore,
        double threshold,
        double pValue,
        Diagnosis diagnosis) {
    public JudgedIncident {
        requireNonNull(identity, "identity");
        requireNonNull(diagnosis, "diagnosis");
    }

    /** Returns what feedback says of an incident. */
    public static JudgedIncident of(Incident incident) {
        return new JudgedIncident(
                incident.identity(),
                incident.start(),
                incident.end(),
                incident.peak().score(),
                incident.peak().threshold(),
                incident.peak().pValue(),
                incident.diagnosis());
    }

    /** The entity's name; empty for a group and for a stalled source. */
    public String entity() {
        return identity.entity();
    }

    /** The kind of incident. */
    public IncidentKind kind() {
        return identity.kind();
    }

    /** How far the peak exceeded its threshold; NaN if no score did. */
    public double excess() {
        return peakScore - threshold;
    }
}
