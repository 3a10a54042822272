package dev.noether.cli.tail;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to show of a topic.
 *
 * @param topic the topic
 * @param entity name of an entity, or several with commas; {@code *} stands for any characters; null for all
 * @param since time of the oldest record; null for the newest records whatever their time
 * @param limit number of the newest records to show; null for all since {@code since}
 * @param isJson whether to show JSON in place of sentences
 * @param follows whether to go on with the records that follow
 * @param length longest time to follow; null without an end
 */
public record TailOptions(
        TailTopic topic,
        @Nullable String entity,
        @Nullable Instant since,
        @Nullable Integer limit,
        boolean isJson,
        boolean follows,
        @Nullable Duration length) {
    private static final int NEWEST = 10;

    /** Returns the number of the newest records to show before those that follow. */
    int most() {
        if (limit != null) {
            return limit;
        }
        return since == null ? NEWEST : Integer.MAX_VALUE;
    }

    /** Returns the time of the oldest record, milliseconds since 1970 UTC. */
    long oldest() {
        return since == null ? Long.MIN_VALUE : since.toEpochMilli();
    }
}
