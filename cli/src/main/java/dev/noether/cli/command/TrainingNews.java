package dev.noether.cli.command;

import dev.noether.model.schedule.ScheduleStatement;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.model.training.InputStatement;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person reads of a training. */
final class TrainingNews {
    private static final long LONG_MINUTES = 30;

    private TrainingNews() {}

    /**
     * Returns how a training ended.
     *
     * @param release the release; null if there is none
     */
    static String of(TrainingRun run, @Nullable ModelRelease release) {
        if (run.outcome() == TrainingOutcome.REFUSED) {
            return "Model " + run.version() + " is refused: " + run.message() + " The models in force stay.";
        }
        if (run.outcome() != TrainingOutcome.PROMOTED) {
            return "No new model: " + run.message();
        }
        return release == null ? "Model " + run.version() + " is announced." : summary(release);
    }

    private static String summary(ModelRelease release) {
        boolean isShadowed = release.stage() == ReleaseStage.CHALLENGER;
        return String.format(
                        Locale.ROOT,
                        "Model %d: %s rows, %s epochs, threshold %.4f, %s, %s",
                        release.version(),
                        release.provenance().getOrDefault("data.rowsSeen", "?"),
                        release.provenance().getOrDefault("training.epochs", "?"),
                        release.calibration().threshold(),
                        isShadowed
                                ? "passed the gate; a retrainer lets it score in shadow before it is used"
                                : "used from event time " + Instant.ofEpochMilli(release.effectiveFrom()) + " on",
                        release.artifact().uri())
                + shape(release)
                + schedule(release)
                + (isShadowed ? "" : warning(release, System.currentTimeMillis()));
    }

    private static String shape(ModelRelease release) {
        String statement = ShapeStatement.of(release.provenance());
        StringBuilder text = new StringBuilder();
        if (!statement.isEmpty()) {
            text.append("\nModel ")
                    .append(release.version())
                    .append(": ")
                    .append(statement)
                    .append(".");
        }
        for (String sentence : InputStatement.of(release.provenance())) {
            text.append("\nModel ")
                    .append(release.version())
                    .append(": ")
                    .append(sentence)
                    .append(".");
        }
        return text.toString();
    }

    private static String schedule(ModelRelease release) {
        String statement = ScheduleStatement.of(release.provenance());
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
