package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.flink.schedule.RetrainingScheduler;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.schemas.ModelRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        description = "Trains once, or with --periodically every retraining.interval until stopped.",
        footer = "Example: ./noether retrain --config detector.yaml --periodically")
public final class RetrainCommand implements Callable<Integer> {
    private static final long LONG_MINUTES = 30;

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
        TopicCheck.forRetraining(config);
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, new HistoryRange(first, end))) {
            Duration interval = every;
            if (interval != null || periodically) {
                return repeat(
                        retraining,
                        interval == null ? config.retraining().schedule().interval() : interval,
                        screen);
            }
            screen.line("Training on " + config.topics().observations() + " …");
            screen.line(summary(retraining.run()));
            return ExitCode.DONE;
        }
    }

    private static int repeat(EmbeddedRetraining retraining, Duration interval, Screen screen) {
        screen.line("Training every " + interval + ". Ctrl-C stops.");
        try (RetrainingScheduler scheduler = new RetrainingScheduler(
                retraining,
                release -> screen.line(summary(release)),
                failure -> screen.line("No new model: " + failure))) {
            scheduler.start(Duration.ZERO, interval);
            new CountDownLatch(1).await();
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    private static String summary(ModelRelease release) {
        return String.format(
                        Locale.ROOT,
                        "Model %d: %s rows, %s epochs, threshold %.4f, used from event time %s on, %s",
                        release.version(),
                        release.provenance().getOrDefault("data.rowsSeen", "?"),
                        release.provenance().getOrDefault("training.epochs", "?"),
                        release.calibration().threshold(),
                        Instant.ofEpochMilli(release.effectiveFrom()),
                        release.artifact().uri())
                + shape(release)
                + warning(release, System.currentTimeMillis());
    }

    private static String shape(ModelRelease release) {
        String statement = ShapeStatement.of(release.provenance());
        return statement.isEmpty() ? "" : "\nModel " + release.version() + ": " + statement + ".";
    }

    /** A wrong clock of a single entity, or a simulated time: the model would seem to do nothing. */
    private static String warning(ModelRelease release, long now) {
        long minutes = (release.effectiveFrom() - now) / 60_000;
        return minutes < LONG_MINUTES
                ? ""
                : String.format(
                        Locale.ROOT,
                        "\nThat is %,d minutes ahead of this machine's clock: observations before it are not scored with"
                                + " this model. Check the clocks of the entities and `retraining.activationDelay`.",
                        minutes);
    }
}
