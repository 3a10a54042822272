package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.StackException;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.ScoringStart;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.recovery.DamagedCheckpointException;
import dev.noether.flink.recovery.OutputAudit;
import dev.noether.flink.recovery.StoredCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether recover}. */
@Command(
        name = "recover",
        header = "Write the scores that are missing, without writing any twice.",
        description = {
            "Compares the output topics with the observations, and says which offsets have no score.",
            "Then scores them, with Flink in this process, and ends. The scoring job must be stopped."
        },
        footer = "Example: ./noether recover --config detector.yaml --dry-run")
public final class RecoverCommand implements Callable<Integer> {
    private static final Duration REPORT = Duration.ofMillis(500);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(names = "--dry-run", description = "Only say what is missing; change nothing.")
    boolean isDryRun;

    @Override
    public Integer call() throws Exception {
        DetectorConfig config = detector.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        AccessCheck.require(config, AccessRole.SCORE);
        TopicCheck.forScoring(config);
        if (isDryRun) {
            ScoringStart.inspect(config, EmbeddedScoring.checkpoints(config)).forEach(screen::line);
            return ExitCode.DONE;
        }
        OwnerCheck.require(config, screen::line);
        ScoringStart start = ScoringStart.recover(config, EmbeddedScoring.checkpoints(config));
        start.messages().forEach(screen::line);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(TransactionLimit.fit(config), start)) {
            awaitCheckpoint(config, start, scoring, screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped before the recovery was done. `noether score` continues it.");
            return ExitCode.DONE;
        }
        OutputAudit audit = OutputAudit.read(config, start.upTo());
        if (!audit.isComplete()) {
            throw new StackException("the recovery is not complete: " + String.join("; ", audit.messages()));
        }
        screen.line(String.format(
                "Recovered: %,d observations had no result, now each has one. `noether score` continues.",
                start.missing()));
        return ExitCode.DONE;
    }

    /** Waits for two checkpoints behind all missing observations: the second one comes after the commit of the first. */
    private static void awaitCheckpoint(
            DetectorConfig config, ScoringStart start, EmbeddedScoring scoring, Screen screen)
            throws InterruptedException {
        long first = Long.MAX_VALUE;
        while (true) {
            Thread.sleep(REPORT.toMillis());
            scoring.check();
            screen.progress(() -> String.format(
                    "recovering: scored %,d   unscored %,d",
                    scoring.metrics().scored(), scoring.metrics().unscored()));
            List<Path> checkpoints = EmbeddedScoring.checkpoints(config);
            if (checkpoints.isEmpty()) {
                continue;
            }
            try {
                StoredCheckpoint newest = StoredCheckpoint.open(checkpoints.get(0), config);
                boolean isOwn = !start.checkpoint().equals(Optional.of(newest.folder()));
                if (isOwn && newest.isBehind(start.upTo())) {
                    first = Math.min(first, newest.number());
                    if (newest.number() > first) {
                        return;
                    }
                }
            } catch (DamagedCheckpointException unfinished) {
                // It is just being written or deleted.
            }
        }
    }
}
