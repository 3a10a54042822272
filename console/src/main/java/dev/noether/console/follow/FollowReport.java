package dev.noether.console.follow;

import dev.noether.console.store.TopicRole;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic is read.
 *
 * @param role what the topic contains
 * @param topic its name
 * @param state what its follower does
 * @param records records read since the start
 * @param lag records that are not read yet; null if unknown
 * @param message why it is not followed; null if it is
 */
public record FollowReport(
        TopicRole role,
        String topic,
        FollowState state,
        long records,
        @Nullable Long lag,
        @Nullable String message) {}
