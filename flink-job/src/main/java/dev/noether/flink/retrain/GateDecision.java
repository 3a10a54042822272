package dev.noether.flink.retrain;

import dev.noether.flink.release.Candidate;
import dev.noether.model.gate.Figure;
import dev.noether.model.gate.GateReport;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the decision on a model from the figures of the gate. */
public final class GateDecision {
    /** What a decision names as its author. */
    private static final String GATE = "gate";

    private static final Logger LOG = LoggerFactory.getLogger(GateDecision.class);

    private GateDecision() {}

    /**
     * Decides.
     *
     * @param release release of the model, as it would score
     * @param champion the model in force; null if there is none
     * @param isShadowed whether a model that passes scores in shadow first
     */
    public static Candidate of(
            ModelRelease release, @Nullable ChampionReference champion, GateReport report, boolean isShadowed) {
        DecisionFacts facts = new DecisionFacts(
                release.detector(),
                release.identity(),
                champion == null ? null : champion.identity(),
                report.reason(),
                GATE,
                release.announcedAt(),
                report.figures().stream().map(GateDecision::figure).toList());
        if (report.isPassed()) {
            LOG.info(
                    "Model {} of detector {} passed the gate. {}",
                    release.version(),
                    release.detector(),
                    report.reason());
            return isShadowed
                    ? shadowed(release, facts)
                    : new Candidate(release, new PromotionDecision.Promoted(facts));
        }
        LOG.warn(
                "Model {} of detector {} is refused and will not score; {} Its file is kept. Reason: {}",
                release.version(),
                release.detector(),
                champion == null
                        ? "no model is in force, so observations stay without a score."
                        : "model " + champion.identity().version() + " stays in force.",
                report.reason());
        ModelRelease refused = release.inStage(
                ReleaseStage.REFUSED, release.effectiveFrom(), release.effectiveTo(), release.announcedAt());
        return new Candidate(refused, new PromotionDecision.Refused(facts));
    }

    /** The leader of the retrainers gives it the range of its shadow. */
    private static Candidate shadowed(ModelRelease release, DecisionFacts facts) {
        ModelRelease challenger = release.inStage(
                ReleaseStage.CHALLENGER, release.effectiveFrom(), ModelRelease.NO_END, release.announcedAt());
        return new Candidate(challenger, new PromotionDecision.Shadowed(facts));
    }

    private static GateFigure figure(Figure figure) {
        return new GateFigure(
                figure.name(),
                figure.challenger(),
                figure.champion(),
                figure.limit(),
                figure.isPassed(),
                figure.sentence());
    }
}
