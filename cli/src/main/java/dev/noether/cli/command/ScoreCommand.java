package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether score}. */
@Command(
        name = "score",
        header = "Score the observations in Kafka, with Flink in this process, until stopped.",
        description =
                "Continues from the detector's newest checkpoint in checkpoints.directory, if that is a local folder.",
        footer = "Example: ./noether score --config detector.yaml --bootstrap localhost:9092 --create-topics")
public final class ScoreCommand implements Callable<Integer> {
    private static final Duration REPORT = Duration.ofMillis(500);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(names = "--create-topics", description = "Create the missing topics first, as `topics create` does.")
    boolean createTopics;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "1",
            description = "Replicas of each partition of a created topic (default: ${DEFAULT-VALUE}).")
    short replication = 1;

    @Override
    public Integer call() throws Exception {
        DetectorConfig config = detector.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (createTopics) {
            TopicsCommand.create(config, config.parallelism(), replication, screen);
        }
        TopicCheck.forScoring(config);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
            screen.line("Scoring " + config.topics().observations() + " of "
                    + config.kafka().bootstrapServers() + " into "
                    + config.topics().scores()
                    + scoring.resumedFrom()
                            .map(path -> ", from checkpoint " + path.getFileName())
                            .orElse("")
                    + ". Ctrl-C stops.");
            while (true) {
                Thread.sleep(REPORT.toMillis());
                scoring.check();
                screen.progress(() -> String.format(
                        "scored %,d   unscored %,d   anomalous %,d   model %d",
                        scoring.metrics().scored(),
                        scoring.metrics().unscored(),
                        scoring.metrics().anomalous(),
                        scoring.metrics().modelVersion()));
            }
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }
}
