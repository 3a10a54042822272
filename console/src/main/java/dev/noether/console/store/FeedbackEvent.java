package dev.noether.console.store;

import dev.noether.schemas.FeedbackVerdict;
import org.jspecify.annotations.Nullable;

/**
 * One judgement of an incident.
 *
 * @param incident id of the incident
 * @param verdict what was said
 * @param time when it was said, milliseconds since 1970 UTC
 * @param author who said it; null if unknown
 * @param comment what was added; null for nothing
 */
public record FeedbackEvent(
        String incident,
        FeedbackVerdict verdict,
        long time,
        @Nullable String author,
        @Nullable String comment) {}
