package dev.noether.flink.feedback;

import static java.util.Objects.requireNonNull;

import dev.noether.schemas.Feedback;

/**
 * A judgement and its place in the topic. The judgements of an incident have one key, so their offsets are their order.
 *
 * @param offset offset of the record
 * @param feedback the judgement
 */
public record PlacedFeedback(long offset, Feedback feedback) {
    public PlacedFeedback {
        requireNonNull(feedback, "feedback");
    }
}
