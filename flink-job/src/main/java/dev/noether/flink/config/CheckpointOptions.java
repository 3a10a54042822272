package dev.noether.flink.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Interval and directory of the checkpoints, and the life of the transactions that end with them.
 *
 * @param interval time from one checkpoint to the next; scores become visible to readers at each checkpoint
 * @param directory absolute URI of the checkpoint directory
 * @param transactionTimeout time after which Kafka gives up a transaction that the job has not committed
 */
public record CheckpointOptions(Duration interval, URI directory, Duration transactionTimeout) implements Serializable {
    public CheckpointOptions {
        CheckpointSection.INTERVAL.check(interval);
        CheckpointSection.DIRECTORY.check(directory);
        CheckpointSection.TRANSACTION_TIMEOUT.check(transactionTimeout);
    }

    static CheckpointOptions of(OptionValues values) {
        return new CheckpointOptions(
                values.get(CheckpointSection.INTERVAL),
                values.get(CheckpointSection.DIRECTORY),
                values.get(CheckpointSection.TRANSACTION_TIMEOUT));
    }

    /** The directory of a detector whose file names none. */
    public static URI defaultDirectory(String detector) {
        return StateHome.directory(detector, "checkpoints");
    }
}
