package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a person says of an incident.
 *
 * @param incident the incident's id
 * @param verdict what is said
 * @param time when it was said, milliseconds since 1970 UTC
 * @param author who said it
 * @param comment in their own words
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
