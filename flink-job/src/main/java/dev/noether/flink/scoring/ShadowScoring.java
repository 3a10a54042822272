package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.scoring.Judgement;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ShadowScore;
import dev.noether.schemas.Verdict;
import java.util.Arrays;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The challenger, which judges in shadow the rows of its range that the model in force scores. It has its own scorer and
 * its own part of the state of each entity, so nothing of the model in force changes. Without a challenger, which is
 * normal, it costs one comparison for each row.
 *
 * <p>Not thread safe; belongs to the task's thread.
 */
final class ShadowScoring implements AutoCloseable {
    /** Of this many micro-batches, the time of one is measured, because a look at the clock takes time too. */
    private static final int MEASURED = 8;

    private static final int NOT_PLACED = -1;

    private final ScoringMetrics metrics;
    private volatile @Nullable ModelRelease release;
    private @Nullable Loaded challenger;
    /** Places of the rows in the challenger's batch; {@link #NOT_PLACED} without one. */
    private int[] batchRows = {};

    private boolean hasRows;
    private long batches;
    private boolean isMeasured;
    private long began;
    private long spentNanos;
    /** The measured times since the challenger was loaded: its own, and of everything else in a micro-batch. */
    private volatile Times times = Times.NONE;

    /** Nanoseconds of the measured micro-batches. */
    private record Times(long shadow, long champion) {
        static final Times NONE = new Times(0, 0);
    }

    ShadowScoring(ScoringMetrics metrics) {
        this.metrics = metrics;
    }

    /** Registers the metrics in the group {@code noether}. */
    void register(MetricGroup operator) {
        MetricGroup group = operator.addGroup("noether");
        group.gauge("shadowVersion", (Gauge<Long>) () -> {
            ModelRelease known = release;
            return known == null ? -1 : known.version();
        });
        group.gauge("shadowCost", (Gauge<Double>) this::cost);
    }

    /**
     * Time that the challenger takes for a row, divided by the time that the row takes without it; NaN if nothing was
     * measured. Any thread may call it.
     */
    double cost() {
        Times measured = times;
        return measured.champion == 0 ? Double.NaN : (double) measured.shadow / measured.champion;
    }

    /** Returns the challenger's release, also if its artifact is not loaded; null if there is none. */
    @Nullable
    ModelRelease release() {
        return release;
    }

    /** Whether there is a challenger, loaded or not. */
    boolean isKnown() {
        return release != null;
    }

    /** Whether the challenger is loaded. */
    boolean isLoaded() {
        return challenger != null;
    }

    /** Names the challenger, whose artifact is not loaded yet. No row may be pending. */
    void expect(@Nullable ModelRelease other) {
        close();
        release = other;
    }

    /** Loads the challenger. No row may be pending. */
    void load(Loaded model) {
        close();
        release = model.release();
        challenger = model;
    }

    /** Gives the challenger another range of event times. No row may be pending. */
    void reschedule(ModelRelease other) {
        release = other;
        challenger = challenger == null ? null : challenger.of(other);
    }

    /** Returns the challenger if it judges an event time. Allocates nothing. */
    @Nullable
    Loaded at(long eventTime) {
        Loaded model = challenger;
        return model != null
                        && model.release().effectiveFrom() <= eventTime
                        && eventTime < model.release().effectiveTo()
                ? model
                : null;
    }

    /** Begins with a micro-batch. */
    void begin(int rows) {
        if (challenger == null) {
            return;
        }
        if (batchRows.length < rows) {
            batchRows = new int[rows];
        }
        Arrays.fill(batchRows, 0, rows, NOT_PLACED);
        hasRows = false;
        isMeasured = batches++ % MEASURED == 0;
        spentNanos = 0;
        began = clock();
    }

    /** Returns a time to pass to {@link #spent}, nanoseconds; 0 if this micro-batch is not measured. */
    long clock() {
        return isMeasured ? System.nanoTime() : 0;
    }

    /** Adds the time since a look at the clock to that of the challenger. */
    void spent(long since) {
        if (isMeasured) {
            spentNanos += System.nanoTime() - since;
        }
    }

    /** Notes that a row is in the challenger's batch. */
    void placed(int index, int batchRow) {
        batchRows[index] = batchRow;
        hasRows = true;
    }

    /** Judges the rows of the micro-batch; returns null if the challenger judges none of them. */
    @Nullable
    ShadowScore @Nullable [] judge(PlacedRows rows) {
        Loaded model = challenger;
        if (model == null || !hasRows) {
            return null;
        }
        long since = clock();
        @Nullable ShadowScore[] scores = new ShadowScore[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            if (batchRows[i] != NOT_PLACED) {
                scores[i] = judge(rows, i, model);
            }
        }
        model.scorer().clear();
        spent(since);
        return scores;
    }

    private ShadowScore judge(PlacedRows rows, int index, Loaded model) {
        String entity = rows.row(index).entity();
        EntityState own = requireNonNull(rows.state(index).challenger());
        // As for the champion: the entity learns from a row only once.
        EntityState state = rows.isDuplicate(index) ? own.copyToJudge() : own;
        EntityBaseline baseline = state.baselineFor(entity, model);
        EntityBaseline start = state.startFor(entity, model);
        Judgement judgement = model.scorer()
                .judge(batchRows[index], baseline, start, model.threshold(), state.alarmsFor(entity, model));
        metrics.shadowScored.inc();
        if (judgement.isAnomalous()) {
            metrics.shadowAnomalous.inc();
        }
        return new ShadowScore(
                model.key().version(),
                model.key().shortHash(),
                judgement.isAnomalous() ? Verdict.ANOMALOUS : Verdict.NORMAL,
                judgement.pValue());
    }

    /** Ends a micro-batch, before its scores are sent on. */
    void end() {
        if (isMeasured && hasRows) {
            long champion = System.nanoTime() - began - spentNanos;
            times = new Times(times.shadow + spentNanos, times.champion + champion);
        }
        isMeasured = false;
        hasRows = false;
    }

    /** Ends the shadow. No row may be pending. */
    @Override
    public void close() {
        if (challenger != null) {
            challenger.scorer().close();
            challenger = null;
        }
        release = null;
        times = Times.NONE;
    }
}
