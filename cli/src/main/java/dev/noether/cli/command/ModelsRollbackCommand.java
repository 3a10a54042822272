package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.renewal.Withdrawal;
import dev.noether.schemas.ModelRelease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noether models rollback}. */
@Command(
        name = "rollback",
        header = "Withdraw the model in force; the model before it takes over.",
        description = {
            "The model keeps the rows that it has scored, so that a replay gives the same scores.",
            "The model before it scores the event times from a few seconds after the newest score on."
        },
        footer = "Example: ./noether models rollback --config detector.yaml --reason noisy")
final class ModelsRollbackCommand implements Callable<Integer> {
    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Mixin
    DecisionChoice decision = new DecisionChoice();

    @Option(
            names = "--model",
            paramLabel = "VERSION",
            description = "Version of the model to withdraw (default: the one in force).")
    @Nullable
    Long version;

    @Option(names = "--to-none", description = "Withdraw the model even if no other one takes over.")
    boolean isToNone;

    @Override
    public Integer call() throws Exception {
        if (version != null && version < 1) {
            throw new BadUseException("--model must be at least 1 (got " + version + ")");
        }
        DetectorConfig config = models.config();
        long end = Withdrawal.end(config, newest());
        ModelChange.Reason reason = decision.reason("A person withdrew the model.");
        ModelRelease withdrawn = Withdrawal.announce(config, change -> withdrawn(change, end), end, reason);
        ModelChange now = new ModelChange(models.content(), 0);
        ModelRelease successor = now.inForce(withdrawn.effectiveTo());
        String next = successor == null ? "No model" : "Model " + successor.version();
        models.show(
                List.of("Model " + withdrawn.version() + " is withdrawn: it scores only event times before "
                        + Instant.ofEpochMilli(withdrawn.effectiveTo()) + ". " + next + " scores from then on."
                        + (isSameFile(withdrawn, successor) ? " It has the same file, so nothing changes." : "")
                        + coming(now, withdrawn.effectiveTo())),
                Map.of(
                        "withdrawn", withdrawn.version(),
                        "scoresTo",
                                Instant.ofEpochMilli(withdrawn.effectiveTo()).toString(),
                        "successor", successor == null ? "none" : successor.version()));
        return ExitCode.DONE;
    }

    private long newest() {
        return models.newestSeen()
                .orElseThrow(() ->
                        new BadUseException("there is neither a score nor an observation: nothing is in force yet"));
    }

    private ModelRelease withdrawn(ModelChange change, long end) {
        Long asked = version;
        ModelRelease release = asked == null ? change.inForce(end) : Versions.find(change, asked);
        if (release == null) {
            throw new BadUseException("no model scores event time " + Instant.ofEpochMilli(end));
        }
        if (!isToNone && change.successor(release, end) == null) {
            throw new BadUseException("no model before model " + release.version() + " could take over, so"
                    + " observations would not be scored; --to-none withdraws it all the same."
                    + coming(change, end));
        }
        return release;
    }

    /** A promotion of an earlier model gives one file two versions. */
    private static boolean isSameFile(ModelRelease withdrawn, @Nullable ModelRelease successor) {
        return successor != null
                && successor.artifact().sha256().equals(withdrawn.artifact().sha256());
    }

    /** A model that was announced and has not taken effect is not the one in force; a person may mean it. */
    private static String coming(ModelChange change, long end) {
        return change.laterThan(end).stream()
                .map(release -> " Model " + release.version() + " follows from event time "
                        + Instant.ofEpochMilli(release.effectiveFrom()) + " on; --model " + release.version()
                        + " withdraws it.")
                .collect(Collectors.joining());
    }
}
