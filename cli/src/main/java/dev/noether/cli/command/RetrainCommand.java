package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.schemas.TrainingOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether retrain}. */
@Command(
        name = "retrain",
        header = "Train a model on the history in Kafka and announce it, with Flink in this process.",
        description = {
            "Trains once, or with --periodically every retraining.interval until stopped.",
            "If a retrainer of the detector runs, it trains, and this command waits for the outcome."
        },
        footer = "Example: ./noether retrain --config detector.yaml --periodically")
public final class RetrainCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "First event time to train on (default: retraining.history before the end).")
    @Nullable
    Instant from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "First event time not to train on (default: just after the newest observation).")
    @Nullable
    Instant to;

    @Option(names = "--periodically", description = "Train again every retraining.interval, until stopped.")
    boolean periodically;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Train periodically at this interval, such as 1h, instead of retraining.interval.")
    @Nullable
    Duration every;

    @Override
    public Integer call() throws Exception {
        long first = from == null ? Long.MIN_VALUE : from.toEpochMilli();
        long end = to == null ? Long.MAX_VALUE : to.toEpochMilli();
        if (first >= end) {
            throw new BadUseException("--from must be before --to (got " + from + " and " + to + ")");
        }
        DetectorConfig config = detector.load();
        LocalFolders.check(config);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        AccessCheck.require(config, AccessRole.RETRAINER);
        TopicCheck.forRetraining(config);
        HistoryRange range = new HistoryRange(first, end);
        if (every != null || periodically) {
            return RetrainerRun.periodically(config, range, every, screen);
        }
        screen.line("Training on " + config.topics().observations() + " …");
        try (EmbeddedRetraining trainer = new EmbeddedRetraining(config, range)) {
            TrainingReport report = new TrainingOnDemand(config, trainer, screen::line).run(range);
            screen.line(TrainingNews.of(report.run(), report.release()));
            return report.run().outcome() == TrainingOutcome.PROMOTED ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
