package dev.noether.flink.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Interval and directory of the checkpoints.
 *
 * @param interval time from one checkpoint to the next; scores become visible to readers at each checkpoint
 * @param directory absolute URI of the checkpoint directory
 */
public record CheckpointOptions(Duration interval, URI directory) implements Serializable {
    public CheckpointOptions {
        OptionRegistry.CHECKPOINTS_INTERVAL.check(interval);
        OptionRegistry.CHECKPOINTS_DIRECTORY.check(directory);
    }

    static CheckpointOptions of(OptionValues values) {
        return new CheckpointOptions(
                values.get(OptionRegistry.CHECKPOINTS_INTERVAL), values.get(OptionRegistry.CHECKPOINTS_DIRECTORY));
    }

    /** The directory of a detector whose file names none. */
    public static URI defaultDirectory(String detector) {
        return StateHome.directory(detector, "checkpoints");
    }
}
