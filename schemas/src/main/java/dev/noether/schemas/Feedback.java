package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A person's judgement of an incident. This is a contract for programs that write feedback: no part of this version
 * reads it.
 *
 * @param incident id of the incident
 * @param verdict the judgement
 * @param time time of the judgement, milliseconds since 1970 UTC
 * @param author the person's name; null if unknown
 * @param comment free text; null if there is none
 */
public record Feedback(
        String incident,
        FeedbackVerdict verdict,
        long time,
        @Nullable String author,
        @Nullable String comment) {
    public Feedback {
        requireNonNull(incident, "incident");
        requireNonNull(verdict, "verdict");
    }
}
