package dev.noether.console.follow;

import java.util.Locale;

/** What a follower of a topic does. */
public enum FollowState {
    /** It has read all that there is, and waits for more. */
    FOLLOWING,
    /** It reads what was written before. */
    CATCHING_UP,
    /** Kafka does not answer, or does not let it read. */
    UNREACHABLE,
    /** The topic does not exist. */
    MISSING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
