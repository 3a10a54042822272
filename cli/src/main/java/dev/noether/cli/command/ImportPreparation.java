package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.owner.OwnerRole;
import java.util.function.Consumer;

/**
 * What {@code import} does before a job starts.
 *
 * @param topics whether and how to create the missing topics of the detector
 */
record ImportPreparation(TopicCreation topics) implements JobThread.Preparation {
    /**
     * Checks that a detector has an import.
     *
     * @throws BadUseException if the detector reads its observations from their topic
     */
    static void requireImport(DetectorConfig config) {
        BadUseException.checked(() -> {
            ImportJob.requireImport(config);
            return config;
        });
    }

    @Override
    public DetectorConfig prepare(DetectorConfig config, Consumer<String> messages) throws InterruptedException {
        topics.createFor(config, messages);
        AccessCheck.require(config, AccessRole.IMPORT);
        TopicCheck.forImport(config);
        OwnerCheck.require(config, OwnerRole.IMPORTER, messages);
        return TransactionLimit.fit(config);
    }
}
