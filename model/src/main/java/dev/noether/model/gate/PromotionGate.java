package dev.noether.model.gate;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.training.EntityHistory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a challenger on rows that it was not trained on, and beside the champion, the model in force. The trial model
 * is judged first. The final model, trained on all rows with another seed, must then agree with it.
 *
 * <p>All models see the same rows and the same artificial breaks, through the scorer. Each comparison is paired. What a
 * model cannot be measured on, because an earlier check shows that it cannot score, is left out.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
final class PromotionGate {
    private static final int MOST_STABILITY_ROWS = 2000;

    private static final String FINAL = "final.";

    private final Engine engine;
    private final GateEvidence evidence;
    private final @Nullable ModelArtifact champion;
    private final HeldOutRows rows;
    private @Nullable BreakPlan plan;
    private @Nullable ReplayResult ofChampion;

    /**
     * Makes a gate.
     *
     * @param champion the model in force; null if there is none that judges the detector's features
     */
    PromotionGate(Engine engine, GateEvidence evidence, @Nullable ModelArtifact champion) {
        this.engine = engine;
        this.evidence = evidence;
        this.champion = champion;
        this.rows = new HeldOutRows(
                evidence.histories(), evidence.features().size(), evidence.heldOutFrom(), evidence.contextRows());
    }

    /**
     * The figures of one model.
     *
     * @param model the model
     * @param figures its figures
     * @param result what it said of the rows; null if it cannot score
     */
    record Examination(
            ModelArtifact model,
            List<Figure> figures,
            @Nullable ReplayResult result) {
        boolean isPassed() {
            return figures.stream().allMatch(Figure::isPassed);
        }
    }

    /** The number of rows that models are judged on. */
    int judgedRows() {
        return rows.count();
    }

    /** Whether the champion was trained on held-out rows. Then only a model that has seen them is its match. */
    boolean championHasSeenRows() {
        return champion != null && endOfTraining(champion, Long.MIN_VALUE) > evidence.heldOutFrom();
    }

    /** Examines a model that was trained without the held-out rows. */
    Examination examineTrial(ModelArtifact trial) {
        List<Figure> figures = new ArrayList<>();
        ReplayResult result = safeResult(trial, trial, figures);
        if (result != null) {
            absolute(trial, result, figures, "", false);
            if (!championHasSeenRows()) {
                relative(trial, result, figures);
            }
        }
        return new Examination(trial, figures, result);
    }

    /**
     * Examines the model that would be released.
     *
     * @param model the model in memory
     * @param artifact its file
     * @param trial the examination of the trial model; null if there is none
     */
    Examination examineFinal(ModelArtifact model, byte[] artifact, @Nullable Examination trial) {
        List<Figure> figures = new ArrayList<>();
        ModelArtifact read;
        try {
            read = ArtifactCodec.decode(artifact);
        } catch (ArtifactException e) {
            figures.add(AbsoluteChecks.unreadable(String.valueOf(e.getMessage())));
            return new Examination(model, figures, null);
        }
        ReplayResult result = safeResult(read, model, figures);
        if (result != null) {
            absolute(read, result, figures, trial == null ? "" : FINAL, true);
            if (championHasSeenRows()) {
                relative(read, result, figures);
            }
            if (trial != null && trial.result() != null) {
                figures.add(stability(trial.model(), read));
            }
        }
        return new Examination(read, figures, result);
    }

    /** Adds the figures that say whether a model can score, and replays it if it can. */
    private @Nullable ReplayResult safeResult(ModelArtifact model, ModelArtifact written, List<Figure> figures) {
        figures.add(AbsoluteChecks.features(model, evidence));
        figures.add(AbsoluteChecks.weights(model));
        if (!figures.stream().allMatch(Figure::isPassed)) {
            return null;
        }
        if (model != written) {
            figures.add(GoldenRows.compare(engine, written, model, evidence, rate(model)));
        }
        ReplayResult result = replay(model, rate(model));
        Figure finite = AbsoluteChecks.finiteScores(result);
        figures.add(finite);
        return finite.isPassed() ? result : null;
    }

    private void absolute(
            ModelArtifact model, ReplayResult result, List<Figure> figures, String prefix, boolean isFinal) {
        @Nullable ReplayResult other = ofChampion(rate(model));
        Figure alarms = AbsoluteChecks.alarmRate(rows, result, other, rate(model), isFinal);
        figures.add(alarms.named(prefix + alarms.name()));
        @Nullable Figure gross = AbsoluteChecks.grossBreaks(result, other);
        if (gross != null) {
            figures.add(gross.named(prefix + gross.name()));
        }
    }

    private void relative(ModelArtifact model, ReplayResult result, List<Figure> figures) {
        @Nullable ReplayResult other = ofChampion(rate(model));
        if (other == null) {
            return;
        }
        figures.addAll(new RelativeChecks(rows, result, other).figures(rate(model)));
        if (!evidence.incidents().isEmpty()) {
            figures.add(RelativeChecks.incidents(result, other, rate(model)));
        }
    }

    /**
     * Two seeds of one training must order rows alike. They are compared on rows that both were trained on: if normal
     * behaviour has just changed, only the final model knows it.
     */
    private Figure stability(ModelArtifact trial, ModelArtifact last) {
        List<EntityHistory> before = HeldOutSplit.cut(evidence.histories(), evidence.heldOutFrom());
        long from = HeldOutRows.timeOfNewest(before, Math.min(MOST_STABILITY_ROWS, rows.count()));
        HeldOutRows shared = new HeldOutRows(before, evidence.features().size(), from, evidence.contextRows());
        boolean hasShape = last.shape() != null;
        BreakPlan breaks = hasShape ? BreakPlan.of(shared, last, evidence.seed()) : BreakPlan.none(shared);
        return AbsoluteChecks.stability(
                replay(trial, rate(trial), shared, breaks, from, List.of()),
                replay(last, rate(last), shared, breaks, from, List.of()),
                hasShape);
    }

    private @Nullable ReplayResult ofChampion(double rate) {
        if (champion != null && ofChampion == null) {
            ofChampion = replay(champion, rate);
        }
        return ofChampion;
    }

    private double rate(ModelArtifact model) {
        double rate = evidence.budget()
                .ratePerWindow(
                        model.rowInterval(), Math.max(1, model.entityBaselines().size()));
        return Math.min(rate, TailCalibration.TAIL_SHARE);
    }

    private ReplayResult replay(ModelArtifact model, double rate) {
        return replay(model, rate, rows, plan(model), evidence.heldOutFrom(), evidence.incidents());
    }

    private ReplayResult replay(
            ModelArtifact model,
            double rate,
            HeldOutRows judged,
            BreakPlan breaks,
            long from,
            List<ConfirmedIncident> incidents) {
        long signal = model.shape() == null ? 0 : 2L * model.shape().rows();
        long before = (signal + model.contextRows()) * model.rowInterval().toMillis();
        // A model in force has adapted to all rows since it was trained.
        long warmUpFrom = Math.min(from - before, endOfTraining(model, from));
        try (ModelReplay replay = new ModelReplay(model, engine, rate, judged, breaks)) {
            return replay.run(warmUpFrom, incidents);
        }
    }

    private BreakPlan plan(ModelArtifact model) {
        BreakPlan known = plan;
        if (known == null) {
            ModelArtifact shaped = champion != null && champion.shape() != null ? champion : model;
            known = BreakPlan.of(rows, shaped, evidence.seed());
            plan = known;
        }
        return known;
    }

    static long endOfTraining(ModelArtifact model, long unknown) {
        @Nullable String to = model.provenance().get("data.to");
        try {
            return to == null ? unknown : Instant.parse(to).toEpochMilli();
        } catch (DateTimeException e) {
            return unknown;
        }
    }
}
