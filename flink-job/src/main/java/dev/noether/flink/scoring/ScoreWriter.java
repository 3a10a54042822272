package dev.noether.flink.scoring;

import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.schedule.ScheduleMismatch;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.shape.ShapeKind;
import dev.noether.model.shape.ShapeMismatch;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.ScheduleDifference;
import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a judgement as the score message of a row. Not thread safe. */
final class ScoreWriter {
    private static final Comparator<Contribution> LARGEST_FIRST =
            Comparator.comparingDouble(Contribution::share).reversed();

    private final String detector;
    private final FeatureSchema features;
    private final ContributionDetail detail;

    ScoreWriter(String detector, FeatureSchema features, ContributionDetail detail) {
        this.detector = detector;
        this.features = features;
        this.detail = detail;
    }

    Score write(
            ObservationRow row,
            long windowStart,
            Loaded model,
            Judgement judgement,
            List<StuckFeature> stuck,
            @Nullable ShadowScore challenger) {
        boolean hasContributions = detail == ContributionDetail.ALL
                || (detail == ContributionDetail.ANOMALOUS && (judgement.isAnomalous() || !stuck.isEmpty()));
        return new Score(
                detector,
                row.entity(),
                windowStart,
                row.eventTime() + 1,
                row.partition(),
                row.offset(),
                judgement.isAnomalous() ? Verdict.ANOMALOUS : Verdict.NORMAL,
                null,
                judgement.score(),
                judgement.pValue(),
                judgement.threshold(),
                hasContributions ? contributions(judgement) : List.of(),
                judgement.lacksFeatures() ? imputed(judgement) : List.of(),
                model.key().version(),
                judgement.alarmScore(),
                null,
                stuck,
                judgement.isAnomalous() || detail == ContributionDetail.ALL ? shapeFinding(judgement) : null,
                model.key().shortHash(),
                challenger,
                judgement.isAnomalous() ? scheduleFinding(row, model) : null);
    }

    private @Nullable ScheduleFinding scheduleFinding(ObservationRow row, Loaded model) {
        ScheduleMismatch mismatch = model.scorer().scheduleMismatch(row.entity(), row.eventTime());
        return mismatch == null
                ? null
                : new ScheduleFinding(
                        features.name(mismatch.feature()),
                        mismatch.isAbsent() ? ScheduleDifference.ABSENT : ScheduleDifference.LONG,
                        mismatch.clock(),
                        mismatch.start(),
                        mismatch.shortestMillis(),
                        mismatch.longestMillis());
    }

    private @Nullable ShapeFinding shapeFinding(Judgement judgement) {
        ShapeMismatch mismatch = judgement.shapeMismatch();
        return mismatch == null
                ? null
                : new ShapeFinding(
                        features.name(mismatch.feature()),
                        difference(mismatch.kind()),
                        mismatch.deviations(),
                        mismatch.error(),
                        mismatch.periodRows(),
                        mismatch.windowRows(),
                        mismatch.brokenFrom(),
                        mismatch.brokenTo());
    }

    private static ShapeDifference difference(ShapeKind kind) {
        return switch (kind) {
            case OFFSET -> ShapeDifference.OFFSET;
            case TREND -> ShapeDifference.TREND;
            case AMPLITUDE -> ShapeDifference.AMPLITUDE;
            case SHIFT -> ShapeDifference.SHIFT;
            case WIDTH -> ShapeDifference.WIDTH;
            case TIMING -> ShapeDifference.TIMING;
            case SHAPE -> ShapeDifference.SHAPE;
        };
    }

    private List<String> imputed(Judgement judgement) {
        List<String> imputed = new ArrayList<>();
        for (int j = 0; j < judgement.features(); j++) {
            if (judgement.isMissing(j)) {
                imputed.add(features.name(j));
            }
        }
        return imputed;
    }

    private List<Contribution> contributions(Judgement judgement) {
        List<Contribution> contributions = new ArrayList<>(judgement.features());
        for (int j = 0; j < judgement.features(); j++) {
            if (!judgement.isMissing(j)) {
                contributions.add(new Contribution(
                        features.name(j),
                        judgement.share(j),
                        judgement.observed(j),
                        judgement.expected(j),
                        judgement.deviation(j),
                        judgement.usualLow(j),
                        judgement.usualHigh(j)));
            }
        }
        contributions.sort(LARGEST_FIRST);
        return contributions;
    }
}
