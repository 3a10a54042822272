package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A person's judgement of an incident. The newest one of an incident counts.
 *
 * @param incident id of the incident
 * @param verdict the judgement
 * @param time time of the judgement, milliseconds since 1970 UTC
 * @param author the person's name; null if unknown
 * @param comment free text; null if there is none
 * @param effectiveFrom first event time that the judgement changes anything for, milliseconds since 1970 UTC;
 *     {@link #FROM_ITS_TIME} means the time of the judgement
 * @param judged the incident; null in records of version 2, which change nothing
 */
public record Feedback(
        String incident,
        FeedbackVerdict verdict,
        long time,
        @Nullable String author,
        @Nullable String comment,
        long effectiveFrom,
        @Nullable JudgedIncident judged) {
    /** The event time of a judgement that counts from the time at which it was made. */
    public static final long FROM_ITS_TIME = Long.MIN_VALUE;

    public Feedback {
        requireNonNull(incident, "incident");
        requireNonNull(verdict, "verdict");
    }

    /** Makes a judgement as version 2 has it. */
    public Feedback(
            String incident, FeedbackVerdict verdict, long time, @Nullable String author, @Nullable String comment) {
        this(incident, verdict, time, author, comment, FROM_ITS_TIME, null);
    }

    /** Returns the first event time that the judgement changes anything for. */
    public long firstEventTime() {
        return effectiveFrom == FROM_ITS_TIME ? time : effectiveFrom;
    }
}
