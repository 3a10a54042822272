package dev.noether.flink.config;

import java.io.Serializable;

/**
 * How the scoring job runs on Flink.
 *
 * @param parallelism number of subtasks of each operator
 * @param exactlyOnce whether scores and rejected records are written in Kafka transactions
 * @param microBatch sizes of the micro-batches
 * @param checkpoints interval and directory of the checkpoints
 */
public record ExecutionOptions(
        int parallelism, boolean exactlyOnce, MicroBatchOptions microBatch, CheckpointOptions checkpoints)
        implements Serializable {
    public ExecutionOptions {
        GeneralSection.PARALLELISM.check(parallelism);
        GeneralSection.EXACTLY_ONCE.check(exactlyOnce);
    }

    static ExecutionOptions of(OptionValues values) {
        return new ExecutionOptions(
                values.get(GeneralSection.PARALLELISM),
                values.get(GeneralSection.EXACTLY_ONCE),
                MicroBatchOptions.of(values),
                CheckpointOptions.of(values));
    }
}
