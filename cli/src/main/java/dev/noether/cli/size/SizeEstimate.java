package dev.noether.cli.size;

import java.util.List;

/**
 * What a detector needs. Sizes in MiB, rounded up.
 *
 * @param scoring the scoring job
 * @param retraining a retrainer
 * @param kafka the topics
 * @param advice what else to decide, one sentence each
 */
public record SizeEstimate(Scoring scoring, Retraining retraining, Kafka kafka, List<String> advice) {
    public SizeEstimate {
        advice = List.copyOf(advice);
    }

    /**
     * The scoring job.
     *
     * @param cores cores of all task managers
     * @param parallelism the setting {@code parallelism}
     * @param taskManagers task managers with two slots each
     * @param taskManagerMemory {@code taskmanager.memory.process.size} of each, in MiB
     * @param entityBytes heap of one entity
     * @param stateMemory heap of the states of all entities, in MiB
     * @param checkpointDisk the volume or bucket of the checkpoints, in MiB
     */
    public record Scoring(
            double cores,
            int parallelism,
            int taskManagers,
            long taskManagerMemory,
            long entityBytes,
            long stateMemory,
            long checkpointDisk) {}

    /**
     * A retrainer.
     *
     * @param heap the heap, in MiB
     * @param historyRows observations that a training reads
     * @param seconds duration of a training
     */
    public record Retraining(long heap, long historyRows, long seconds) {}

    /**
     * The topics.
     *
     * @param partitions partitions of the observations topic
     * @param observationBytes bytes of an observation
     * @param scoreBytes bytes of a score without contributions
     * @param disk disk of all brokers, in MiB
     */
    public record Kafka(int partitions, long observationBytes, long scoreBytes, long disk) {}
}
