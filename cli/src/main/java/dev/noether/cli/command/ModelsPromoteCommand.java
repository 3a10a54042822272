package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.renewal.Promotion;
import dev.noether.schemas.ModelRelease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noether models promote}. */
@Command(
        name = "promote",
        header = "Let a refused, waiting, withdrawn or earlier model score from now on.",
        description = {
            "It scores the event times from retraining.activationDelay after the newest score on.",
            "A model that has scored before is announced again under a new version, so that a replay gives the same"
                    + " scores."
        },
        footer = "Example: ./noether models promote 3 --config detector.yaml --reason checked")
final class ModelsPromoteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "Version of the model.")
    long version;

    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Mixin
    DecisionChoice decision = new DecisionChoice();

    @Override
    public Integer call() throws Exception {
        DetectorConfig config = models.config();
        ModelChange known = new ModelChange(models.content(), System.currentTimeMillis());
        ModelRelease release = Versions.find(known, version);
        ModelRelease same = known.scoresAlready(release);
        if (same != null) {
            throw new BadUseException("model " + version + " scores already"
                    + (same.version() == version ? "" : ", as model " + same.version())
                    + ", from event time " + Instant.ofEpochMilli(same.effectiveFrom()) + " on");
        }
        ModelRelease last = known.inForce(ModelRelease.NO_END - 1);
        OptionalLong newest = models.newestSeen();
        long from = newest.isPresent() ? Promotion.from(config, newest.getAsLong(), last == null) : 0;
        ModelRelease promoted =
                Promotion.announce(config, release, from, decision.reason("A person promoted the model."));
        models.show(
                List.of("Model " + promoted.version() + " scores from event time "
                        + Instant.ofEpochMilli(promoted.effectiveFrom()) + " on."
                        + (promoted.version() == version ? "" : " It is model " + version + " under a new version.")),
                Map.of(
                        "promoted", promoted.version(),
                        "scoresFrom",
                                Instant.ofEpochMilli(promoted.effectiveFrom()).toString()));
        return ExitCode.DONE;
    }
}
