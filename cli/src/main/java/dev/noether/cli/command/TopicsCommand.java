package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.kafka.TopicSetup;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether topics}: the Kafka topics of a detector. */
@Command(
        name = "topics",
        header = "Create the Kafka topics of a detector, and the rights on them.",
        synopsisSubcommandLabel = "(create | acl)",
        subcommands = {TopicsCommand.CreateCommand.class, TopicsAclCommand.class},
        footer = "Example: ./noether topics create --config detector.yaml --partitions 4")
public final class TopicsCommand implements Callable<Integer> {
    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        throw new BadUseException(
                "topics needs a subcommand, create or acl: ./noether topics create --config detector.yaml");
    }

    /** Creates the missing topics and shows their names. */
    static void create(DetectorConfig config, int partitions, short replication, Consumer<String> messages) {
        List<String> created = TopicSetup.create(config, partitions, replication);
        created.forEach(topic -> messages.accept("Created the topic " + topic + "."));
    }

    /** {@code noether topics create}. */
    @Command(
            name = "create",
            header = "Create the missing topics of one or many detectors; existing ones are not changed.",
            footer = "Example: ./noether topics create --config detector.yaml --partitions 4")
    static final class CreateCommand implements Callable<Integer> {
        private static final int MOST_PARTITIONS = 10_000;

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        DetectorsChoice detectors = new DetectorsChoice();

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "Partitions of the topics of observations and of scores (default: parallelism).")
        @Nullable
        Integer partitions;

        @Option(
                names = "--replication",
                paramLabel = "N",
                defaultValue = "1",
                description = "Replicas of each partition (default: ${DEFAULT-VALUE}).")
        short replication = 1;

        @Override
        public Integer call() {
            DetectorFiles files = detectors.load();
            if (partitions != null && (partitions < 1 || partitions > MOST_PARTITIONS)) {
                throw new BadUseException(
                        "--partitions must be in [1, " + MOST_PARTITIONS + "] (got " + partitions + ")");
            }
            if (replication < 1) {
                throw new BadUseException("--replication must be at least 1 (got " + replication + ")");
            }
            Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
            for (DetectorConfig config : files.detectors()) {
                create(config, partitions == null ? config.parallelism() : partitions, replication, screen::line);
                screen.line("All topics of " + config.detector() + " exist.");
            }
            files.problems().forEach(problem -> screen.line("No topics are created for this file: " + problem));
            return files.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
