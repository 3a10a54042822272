package dev.noether.cli.tail;

import dev.noether.flink.release.ModelCard;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Instant;
import java.util.Locale;

/** A record of the models topic as one line: a release, a decision, a training, a request. Stateless; thread safe. */
final class ModelLine {
    private ModelLine() {}

    static String of(ModelsRecord record, Paint paint) {
        return Instant.ofEpochMilli(ModelsRecordCodec.time(record)) + "  " + what(record, paint);
    }

    private static String what(ModelsRecord record, Paint paint) {
        if (record instanceof ModelRelease release) {
            return released(release, paint);
        }
        if (record instanceof PromotionDecision decision) {
            return decided(decision, paint);
        }
        if (record instanceof TrainingRun run) {
            return trained(run, paint);
        }
        if (record instanceof ShadowComparison shadow) {
            return compared(shadow);
        }
        TrainingRequest request = (TrainingRequest) record;
        return "requested  a training, by " + Printable.text(request.requestedBy());
    }

    private static String released(ModelRelease release, Paint paint) {
        boolean isInForce = release.stage() == ReleaseStage.CHAMPION;
        return (isInForce ? paint.green("released ") : "released ") + "  " + name(release.identity()) + ", stage "
                + word(release.stage()) + ", scores event times " + ModelCard.times(release) + ", alarm threshold "
                + ReadableQuantity.number(release.calibration().threshold());
    }

    private static String decided(PromotionDecision decision, Paint paint) {
        String outcome = String.format("%-9s", ModelCard.outcome(decision));
        return (decision instanceof PromotionDecision.Promoted ? paint.green(outcome) : paint.yellow(outcome)) + "  "
                + name(decision.facts().model()) + ", by "
                + Printable.text(decision.facts().decidedBy()) + ": "
                + Printable.text(decision.facts().reason());
    }

    private static String trained(TrainingRun run, Paint paint) {
        String by = ", cause " + word(run.cause()) + ", on " + Printable.text(run.runner());
        if (run.endedAt() == TrainingRun.NOT_ENDED) {
            return "training   runs since " + Instant.ofEpochMilli(run.startedAt()) + by;
        }
        String took = " after " + ReadableQuantity.duration(Math.max(0, run.endedAt() - run.startedAt()));
        String message = run.message();
        return (message == null ? "training " : paint.red("training ")) + "  ended" + took + ", outcome "
                + outcome(run) + (run.version() < 0 ? "" : ", model " + run.version()) + by
                + (message == null ? "" : ": " + Printable.text(message));
    }

    /** What is decided on a model behind the gate, such as its shadow, is in records of its own. */
    private static String outcome(TrainingRun run) {
        return run.outcome() == TrainingOutcome.PROMOTED ? "passed the gate" : word(run.outcome());
    }

    private static String compared(ShadowComparison shadow) {
        return "shadow     " + name(shadow.model()) + " beside " + name(shadow.champion()) + ", state "
                + word(shadow.outcome())
                + String.format(
                        Locale.ROOT, ", %,d rows compared", shadow.rows().compared())
                + ", alarms " + shadow.alarms().challenger() + " against "
                + shadow.alarms().champion();
    }

    private static String name(ModelIdentity model) {
        return "model " + model.version() + " (" + Printable.text(model.shortHash()) + ")";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
