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
 * @param topics whether and how to create the missing topics of the detector
 */
record ScoringPreparation(TopicCreation topics) implements JobThread.Preparation {
    @Override
    public DetectorConfig prepare(DetectorConfig config, Consumer<String> messages) throws InterruptedException {
        topics.createFor(config, messages);
        AccessCheck.require(config, AccessRole.SCORE);
        TopicCheck.forScoring(config);
        OwnerCheck.require(config, messages);
        return TransactionLimit.fit(config);
    }
}
