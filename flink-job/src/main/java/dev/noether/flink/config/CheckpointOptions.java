package dev.noether.flink.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How the job remembers where it was.
 *
 * @param interval time from one checkpoint to the next; what was scored becomes visible to readers at each
 * @param directory where checkpoints lie, absolute
 */
public record CheckpointOptions(Duration interval, URI directory) implements Serializable {
    public CheckpointOptions {
        Options.CHECKPOINTS_INTERVAL.check(interval);
        Options.CHECKPOINTS_DIRECTORY.check(directory);
    }
}
