package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.shape.ShapeState;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes and counts the scores of placed rows. The baselines and alarm states of their entities learn. Not thread safe.
 */
final class RowJudge {
    private final String detector;
    private final ScoringMetrics metrics;
    private final ScoreWriter writer;

    RowJudge(ScoringOptions options, ScoringMetrics metrics) {
        this.detector = options.detector();
        this.metrics = metrics;
        this.writer = new ScoreWriter(detector, options.features(), options.contributions());
    }

    /**
     * Returns one score for each row, in the order of the rows. To be called once for each micro-batch.
     *
     * @param shadows what the challenger says of each row; null if there is no challenger
     */
    Score[] judge(PlacedRows rows, @Nullable ShadowScore @Nullable [] shadows) {
        Score[] scores = new Score[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            UnscoredReason reason = rows.reason(i);
            scores[i] = reason == null
                    ? score(rows, i, shadows == null ? null : shadows[i])
                    : unscored(rows.row(i), reason);
        }
        return scores;
    }

    private Score score(PlacedRows rows, int index, @Nullable ShadowScore challenger) {
        List<StuckFeature> stuck = rows.stuckFeatures(index);
        if (!stuck.isEmpty()) {
            metrics.stuck.inc();
        }
        Loaded model = requireNonNull(rows.model(index));
        ObservationRow row = rows.row(index);
        boolean isDuplicate = rows.isDuplicate(index);
        // The entity learns from a row only once: for a duplicate a copy of the state learns, and is dropped.
        EntityState state = isDuplicate ? rows.state(index).copyToJudge() : rows.state(index);
        EntityBaseline baseline = state.baselineFor(row.entity(), model);
        EntityBaseline start = state.startFor(row.entity(), model);
        AlarmThreshold threshold = model.threshold();
        Judgement judgement = model.scorer()
                .judge(rows.batchRow(index), baseline, start, threshold, state.alarmsFor(row.entity(), model));
        metrics.scored(judgement.isAnomalous(), isDuplicate, model.promised().perWindow());
        ShapeState shape = judgement.shape();
        if (shape != null && !shape.isJudged()) {
            metrics.shapeUnjudged.inc();
        }
        return writer.write(row, rows.windowStart(index), model, judgement, stuck, challenger);
    }

    private Score unscored(ObservationRow row, UnscoredReason reason) {
        metrics.unscored(reason).inc();
        return Score.unscored(detector, row.entity(), row.eventTime(), row.partition(), row.offset(), reason);
    }
}
