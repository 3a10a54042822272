package dev.noether.model.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.StaleContext;
import dev.noether.model.feature.WindowBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A model at work: rows are added to a batch with what came before them, predicted together, and judged one by one in the
 * order in which they were added.
 *
 * <p>What is judged is the residual of the window's <em>newest row</em> alone; the rows before it give the context. Judging
 * the whole window would keep the alarm ringing for as long as the event is still in the window. There are up to two views
 * of that row: its reconstruction with the window, and its forecast by the rows before it.
 *
 * <p>Not thread safe; belongs to the thread of its engine. Nothing is allocated after construction.
 */
public final class WindowScorer implements AutoCloseable {
    /** A p-value is above 0, however strange the row. */
    private static final double SMALLEST_P_VALUE = Double.MIN_NORMAL;

    private final ModelArtifact model;
    private final int features;
    private final int capacity;
    private final int contextRows;
    private final StaleContext stale;
    private final Scaling contextScaling;
    private final float[] context;
    private final float[] newest;
    private final float[] observed;
    private final ViewBatch[] views;
    private final float[] residual;
    private final boolean[] missing;
    private final boolean[] lacksFeatures;
    private int rows;
    private boolean predicted;

    /**
     * Makes a model ready to score.
     *
     * @param model the model
     * @param engine computes; the caller closes what it opened
     * @param capacity rows in a batch, at least 1
     */
    public WindowScorer(ModelArtifact model, Engine engine, int capacity) {
        this.model = model;
        this.features = model.features().size();
        this.capacity = capacity;
        this.contextRows = model.contextRows();
        this.stale = new StaleContext(contextRows, model.rowInterval());
        this.contextScaling = model.scaling().repeated(contextRows);
        this.context = new float[contextRows * features];
        this.newest = new float[capacity * features];
        this.observed = new float[capacity * features];
        this.residual = new float[features];
        this.missing = new boolean[capacity * features];
        this.lacksFeatures = new boolean[capacity];
        this.views = new ViewBatch[model.views()];
        int window = model.windowRows();
        Reconstruction reconstruction = engine.reconstruction(model.network(), capacity, features);
        views[0] = new ViewBatch(reconstruction, (contextRows - window) * features, window * features, features, true);
        @Nullable Forecast forecast = model.forecast();
        if (forecast != null) {
            int before = forecast.rows();
            views[1] = new ViewBatch(
                    engine.chain(forecast.layers(), capacity),
                    (contextRows - 1 - before) * features,
                    before * features,
                    features,
                    false);
        }
    }

    /** The model. */
    public ModelArtifact model() {
        return model;
    }

    /** Rows in the batch. */
    public int size() {
        return rows;
    }

    /** Whether the batch is full. */
    public boolean isFull() {
        return rows == capacity;
    }

    /**
     * Adds the row at a position of a buffer, with the rows before it as context.
     *
     * @param buffer holds {@link ModelArtifact#contextRows} rows that end at the position
     * @return its row in the batch
     */
    public int add(WindowBuffer buffer, int position) {
        int row = rows++;
        lacksFeatures[row] = false;
        int last = (contextRows - 1) * features;
        buffer.copyRows(position, contextRows, context);
        System.arraycopy(context, last, observed, row * features, features);
        contextScaling.toModel(context);
        System.arraycopy(context, last, newest, row * features, features);
        StaleContext.fill(context, 0, stale.count(buffer, position), features);
        for (ViewBatch view : views) {
            view.put(row, context);
        }
        predicted = false;
        return row;
    }

    /**
     * Adds a row of which some features were filled in. They serve as context for others, and are not judged themselves.
     *
     * @param filledIn whether each feature was; copied
     */
    public int add(WindowBuffer buffer, int position, boolean[] filledIn) {
        int row = add(buffer, position);
        lacksFeatures[row] = true;
        System.arraycopy(filledIn, 0, missing, row * features, features);
        return row;
    }

    /**
     * Judges a row by its entity's baseline, and lets the baseline learn from it. The rows of one entity must be judged in
     * the order in which they were added.
     *
     * @param row as {@link #add} gave it
     * @param baseline of the row's entity and this model; learns
     * @param start what that baseline started from; only read, and not asked at all where it was borrowed
     * @param judgement receives the result, without a p-value; nothing is anomalous
     */
    public void judge(int row, EntityBaseline baseline, EntityBaseline start, Judgement judgement) {
        predict();
        begin(row, judgement);
        // The last view reaches back the furthest, where there are two.
        views[views.length - 1].lendContext(row, judgement);
        ScoreRule rule = model.rule();
        boolean lacks = lacksFeatures[row];
        boolean startIsOwn = start.rows() > 0;
        double widening = baseline.widening();
        double adaptive = 1;
        double starting = 1;
        for (int v = 0; v < views.length; v++) {
            RunningScale usual = baseline.view(v);
            views[v].residual(row, judgement.observedScaled, usual, v, residual, judgement.expectedScaled);
            if (startIsOwn) {
                if (lacks) {
                    start.view(v).fillIn(missing, row * features, residual);
                }
                starting *= 1 + start.view(v).standardise(residual, rule.varianceFloor(), judgement.scratch);
            }
            if (lacks) {
                usual.fillIn(missing, row * features, residual);
            }
            float[] target = v == 0 ? judgement.viewSquares : judgement.scratch;
            double sum = usual.standardise(residual, rule.varianceFloor(), target);
            if (v > 0) {
                add(judgement.scratch, judgement.viewSquares);
            }
            adaptive *= 1 + sum / widening;
            baseline.learnView(v, residual, rule.adaptationRate(), sum);
            if (lacks) {
                baseline.forget(usual, missing, row * features, rule.adaptationRate());
            }
        }
        learnRaw(row, baseline, judgement);
        score(rule, adaptive, startIsOwn ? starting : adaptive, baseline, judgement);
    }

    private void predict() {
        if (!predicted) {
            for (ViewBatch view : views) {
                view.run(rows);
            }
            predicted = true;
        }
    }

    private void begin(int row, Judgement judgement) {
        int offset = row * features;
        judgement.begin(model.scaling());
        System.arraycopy(observed, offset, judgement.observed, 0, features);
        System.arraycopy(newest, offset, judgement.observedScaled, 0, features);
        judgement.lacksFeatures = lacksFeatures[row];
        if (judgement.lacksFeatures) {
            System.arraycopy(missing, offset, judgement.missing, 0, features);
        }
    }

    /** Keeps what was usual for the raw row, then lets the baseline learn it. */
    private void learnRaw(int row, EntityBaseline baseline, Judgement judgement) {
        RunningScale raw = baseline.raw();
        judgement.raw.set(raw);
        if (judgement.lacksFeatures) {
            System.arraycopy(judgement.observedScaled, 0, residual, 0, features);
            raw.fillIn(missing, row * features, residual);
            baseline.learnRow(residual, model.rule().causeRate(), missing, row * features);
        } else {
            baseline.learnRow(judgement.observedScaled, model.rule().causeRate());
        }
    }

    private void score(ScoreRule rule, double adaptive, double starting, EntityBaseline baseline, Judgement judgement) {
        double onAdaptive = Math.log(adaptive) / views.length;
        double onStarting = starting == adaptive ? onAdaptive : Math.log(starting) / views.length;
        double logarithm = onAdaptive + rule.startingWeight() * (onStarting - onAdaptive);
        judgement.alarmScore = onAdaptive + rule.alarmStartingWeight() * (onStarting - onAdaptive);
        judgement.memory = Math.log(baseline.remember(Math.exp(logarithm), rule.memoryRate()));
        judgement.score = rule.score(logarithm, judgement.memory);
        judgement.pValue = Double.NaN;
        judgement.threshold = Double.POSITIVE_INFINITY;
    }

    /**
     * The same, with the p-value of the alarm score for this entity, and a verdict. The threshold then learns, too.
     *
     * @param threshold of this model
     * @param alarms what that remembers of the entity; changed
     */
    public void judge(
            int row,
            EntityBaseline baseline,
            EntityBaseline start,
            AlarmThreshold threshold,
            AlarmState alarms,
            Judgement judgement) {
        judge(row, baseline, start, judgement);
        float score = (float) judgement.alarmScore;
        judgement.pValue = Math.max(SMALLEST_P_VALUE, threshold.pValue(alarms, score));
        judgement.threshold = threshold.threshold(alarms);
        threshold.judge(alarms, score);
    }

    private static void add(float[] summands, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += summands[j];
        }
    }

    /** Empties the batch. */
    public void clear() {
        rows = 0;
        predicted = false;
    }

    /** Frees what the engine holds for this model. */
    @Override
    public void close() {
        for (ViewBatch view : views) {
            view.close();
        }
    }
}
