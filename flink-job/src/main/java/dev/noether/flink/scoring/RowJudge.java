package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.scoring.Judgement;
import dev.noether.schemas.Score;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import java.util.List;

/** Makes the scores of pending rows, which teaches their entities, and counts them. Not thread safe. */
final class RowJudge {
    private final String detector;
    private final StuckRows stuckRows;
    private final ScoringMetrics counted;
    private final ScoreWriter writer;

    RowJudge(ScoringOptions options, StuckRows stuckRows, ScoringMetrics counted) {
        this.detector = options.detector();
        this.stuckRows = stuckRows;
        this.counted = counted;
        this.writer = new ScoreWriter(detector, options.features(), options.contributions());
    }

    /** The score of a row. Those of one entity must be asked for in the order of the rows, and once. */
    Score score(PendingRows pending, int index) {
        UnscoredReason reason = pending.unscored(index);
        return reason == null ? judged(pending, index) : unscored(pending.row(index), reason);
    }

    private Score judged(PendingRows pending, int index) {
        List<StuckFeature> stuck = stuckRows.of(index);
        if (!stuck.isEmpty()) {
            counted.stuck.inc();
        }
        Loaded model = requireNonNull(pending.model(index));
        ModelArtifact artifact = model.scorer().model();
        long version = model.release().version();
        String entity = pending.row(index).entity();
        // What a row teaches it teaches once: of a repeat a copy learns, and is gone.
        boolean isRepeat = pending.repeats[index];
        EntityState state = isRepeat ? pending.state(index).copyToJudge() : pending.state(index);
        EntityBaseline baseline = state.baselineFor(entity, artifact, version);
        EntityBaseline start = state.startFor(entity, artifact, version);
        AlarmThreshold threshold = model.threshold();
        Judgement judgement =
                model.scorer().judge(pending.scorerRow[index], baseline, start, threshold, state.alarms(threshold));
        counted.scored(judgement.isAnomalous(), isRepeat, model.promised().perWindow());
        return writer.write(pending.row(index), pending.windowStart[index], version, judgement, stuck);
    }

    private Score unscored(ObservationRow row, UnscoredReason reason) {
        counted.unscored(reason).inc();
        return Score.unscored(detector, row.entity(), row.eventTime(), row.partition(), row.offset(), reason);
    }
}
