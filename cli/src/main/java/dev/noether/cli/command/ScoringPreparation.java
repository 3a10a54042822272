package dev.noether.cli.command;

import dev.noether.cli.stack.JobThread;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnerCheck;
import java.util.function.Consumer;

/**
 * What {@code score} does before a job starts.
 *
 * @param createTopics whether to create the missing topics
 * @param replication replicas of each partition of a created topic
 */
record ScoringPreparation(boolean createTopics, short replication) implements JobThread.Preparation {
    @Override
    public DetectorConfig prepare(DetectorConfig config, Consumer<String> messages) throws InterruptedException {
        if (createTopics) {
            TopicsCommand.create(config, config.parallelism(), replication, messages);
        }
        AccessCheck.require(config, AccessRole.SCORE);
        TopicCheck.forScoring(config);
        OwnerCheck.require(config, messages);
        return TransactionLimit.fit(config);
    }
}
