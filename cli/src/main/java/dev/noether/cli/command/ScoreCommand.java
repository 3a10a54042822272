package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.ScoringStatus;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnerCheck;
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
                "Continues from the detector's newest checkpoint in checkpoints.directory, if that is a local folder. "
                        + "Only one job can score a detector: a second one is refused.",
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
        if (replication < 1) {
            throw new BadUseException("--replication must be at least 1 (got " + replication + ")");
        }
        DetectorConfig config = detector.load();
        LocalFolders.check(config);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (createTopics) {
            TopicsCommand.create(config, config.parallelism(), replication, screen);
        }
        TopicCheck.forScoring(config);
        OwnerCheck.require(config, screen::line);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(TransactionLimit.fit(config))) {
            scoring.startMessages().forEach(screen::line);
            screen.line("Scoring " + config.topics().observations() + " of "
                    + config.kafka().bootstrapServers() + " into "
                    + config.topics().scores()
                    + scoring.resumedFrom()
                            .map(path -> ", from checkpoint " + path)
                            .orElse("")
                    + ". Ctrl-C stops.");
            return report(scoring, screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    /** Shows the progress until the job ends, which is an exception; never returns. */
    private static int report(EmbeddedScoring scoring, Screen screen) throws InterruptedException {
        String topics = "";
        ModelNews news = new ModelNews();
        while (true) {
            Thread.sleep(REPORT.toMillis());
            scoring.check();
            String now = scoring.metrics().topicReport();
            if (!now.equals(topics)) {
                topics = now;
                screen.line(now.isEmpty() ? "All topics are as they were." : now);
            }
            news.of(scoring.metrics().modelVersion(), scoring.metrics().modelProblem())
                    .ifPresent(screen::line);
            screen.progress(() -> progress(scoring));
        }
    }

    private static String progress(EmbeddedScoring scoring) {
        ScoringStatus status = scoring.status();
        if (!status.isRunning()) {
            return status.text();
        }
        JobMetrics metrics = scoring.metrics();
        String failures = status.text().isEmpty() ? "" : "   " + status.text();
        if (metrics.observationsLost() > 0) {
            failures += String.format("   removed unread %,d", metrics.observationsLost());
        }
        if (metrics.failedCommittables() > 0) {
            failures += String.format(
                    "   uncommitted transactions %,d: the log says whether a score is missing",
                    metrics.failedCommittables());
        }
        return String.format(
                        "scored %,d   unscored %,d   anomalous %,d   model %s",
                        metrics.scored(),
                        metrics.unscored(),
                        metrics.anomalous(),
                        ModelNews.name(metrics.modelVersion()))
                + failures;
    }
}
