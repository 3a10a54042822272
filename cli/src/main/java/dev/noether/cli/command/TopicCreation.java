package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.config.DetectorConfig;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options of the commands that can create the topics of a detector before they start. */
final class TopicCreation {
    @Option(names = "--create-topics", description = "Create the missing topics first, as `topics create` does.")
    boolean isWanted;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "1",
            description = "Replicas of each partition of a created topic (default: ${DEFAULT-VALUE}).")
    short replication = 1;

    /**
     * Checks the options.
     *
     * @throws BadUseException if one is out of range
     */
    void check() {
        if (replication < 1) {
            throw new BadUseException("--replication must be at least 1 (got " + replication + ")");
        }
    }

    /** Creates the missing topics of a detector, if that is wanted. */
    void createFor(DetectorConfig config, Consumer<String> messages) {
        if (isWanted) {
            TopicsCommand.create(config, config.parallelism(), replication, messages);
        }
    }
}
