package dev.noether.flink.renewal;

import dev.noether.schemas.Score;
import java.util.function.Consumer;

/** The scores of a detector in the order of the topic, each once. Not thread safe. */
interface ScoreFeed {
    /** Begins before the first score from an event time on, milliseconds since 1970 UTC. */
    void seek(long eventTime);

    /**
     * Reads on for a bounded time.
     *
     * @return whether all scores were read that were there when the call began
     */
    boolean read(Consumer<Score> receiver);

    /** Ends reading until the next {@link #seek}. */
    void close();
}
