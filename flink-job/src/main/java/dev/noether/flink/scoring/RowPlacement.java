package dev.noether.flink.scoring;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.Imputation;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.UnscoredReason;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into the windows of their entities, and the windows into the batch of the model that scores them.
 *
 * <p>A row is <em>late</em> where it is older than the newest of its entity by more than the disorder that is allowed. One of
 * exactly the event time of a row in its entity's window is a <em>duplicate</em>: it is judged in the place of that row, as
 * often as it comes, and does not enter the window. Any other that is older than the newest is <em>out of order</em> and put
 * in its place. Each is counted. Not thread safe.
 */
final class RowPlacement {
    private final ModelsInForce models;
    private final StuckRows stuckRows;
    private final ScoringMetrics counted;
    private final long disorderMillis;
    private final boolean marksLate;
    private final boolean repeatsDuplicates;
    private final Imputation imputation;
    private final UsualValues usual = new UsualValues();
    private final WindowBuffer scratch;
    private final float[] held;
    private final float[] filled;
    private final boolean[] filledIn;

    RowPlacement(ScoringOptions options, ModelsInForce models, StuckRows stuckRows, ScoringMetrics counted) {
        int features = options.featureNames().size();
        this.models = models;
        this.stuckRows = stuckRows;
        this.counted = counted;
        this.disorderMillis = options.disorder().toMillis();
        this.marksLate = options.latePolicy() == LatePolicy.MARK;
        this.repeatsDuplicates = options.duplicates() == DuplicatePolicy.REPEAT;
        this.imputation = new Imputation(options.missing());
        this.scratch = options.newWindow();
        this.held = new float[features];
        this.filled = new float[features];
        this.filledIn = new boolean[features];
    }

    /** Places a row that was just added to the pending ones, or tells them why it cannot be scored. */
    void place(PendingRows pending, int index) {
        UnscoredReason reason = placed(pending, index, pending.row(index), pending.state(index));
        if (reason != null) {
            pending.unscored(index, reason);
        }
    }

    private @Nullable UnscoredReason placed(PendingRows pending, int index, ObservationRow row, EntityState state) {
        WindowBuffer window = state.window();
        long eventTime = row.eventTime();
        Loaded model = models.at(eventTime);
        long newest = window.newestTime();
        boolean isInOrder = window.size() == 0 || eventTime > newest || (eventTime == newest && window.isSetBack());
        boolean isLate = !isInOrder && eventTime < newest - disorderMillis;
        int repeated = isInOrder || isLate ? -1 : repeated(window, eventTime);
        pending.repeats[index] = repeated >= 0;
        float[] values = row.values();
        boolean lacks = Imputation.isNeeded(values);
        if (lacks) {
            values = fill(values, state, model);
        }
        WindowBuffer judged = window;
        int position;
        if (isLate) {
            counted.late.inc();
            window.rejectLate(eventTime);
            if (marksLate) {
                return UnscoredReason.LATE;
            }
            judged = inPlace(window, window.size(), newest, values);
            position = judged.size() - 1;
        } else if (repeated >= 0) {
            judged = inPlace(window, repeated, eventTime, values);
            position = judged.size() - 1;
        } else {
            position = window.add(eventTime, values, 0);
            if (isInOrder && model != null) {
                stuckRows.observe(index, state, model.repeatLimits(), lacks ? filledIn : null);
            }
        }
        if (model == null) {
            return UnscoredReason.COLD_START;
        }
        if (!judged.windowEndsAt(position)) {
            // In order, a row without a full window is one of the entity's first; out of order, its forerunners are
            // gone.
            return position == window.size() - 1 || window.size() < window.windowRows()
                    ? UnscoredReason.WARM_UP
                    : UnscoredReason.LATE;
        }
        WindowScorer scorer = model.scorer();
        int rowOfScorer = lacks ? scorer.add(judged, position, filledIn) : scorer.add(judged, position);
        pending.scoredBy(index, model, rowOfScorer, Math.min(judged.windowStart(position), eventTime));
        return null;
    }

    private float[] fill(float[] values, EntityState state, @Nullable Loaded model) {
        usual.set(state, model);
        imputation.fill(values, state.window(), usual, filled, filledIn);
        counted.imputed.inc();
        return filled;
    }

    /** Counts a row that came behind its time; returns the place of the row that it repeats, or -1 where it is one of its own. */
    private int repeated(WindowBuffer window, long eventTime) {
        int position = window.positionOf(eventTime);
        if (position < 0) {
            counted.outOfOrder.inc();
            return -1;
        }
        counted.duplicates.inc();
        return repeatsDuplicates ? position : -1;
    }

    /**
     * A row that does not enter its entity's window is judged behind some of its rows, and leaves them as they are: a late
     * one behind all of them, one that repeats another behind those before that.
     */
    private WindowBuffer inPlace(WindowBuffer window, int count, long eventTime, float[] values) {
        scratch.clear();
        for (int i = 0; i < count; i++) {
            window.copyRow(i, held, 0);
            scratch.add(window.time(i), held, 0);
        }
        scratch.add(eventTime, values, 0);
        return scratch;
    }
}
