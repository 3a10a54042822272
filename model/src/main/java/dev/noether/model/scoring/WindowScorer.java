package dev.noether.model.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.SustainedExcess;
import dev.noether.model.alarm.ViewTail;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.schedule.MismatchSearch;
import dev.noether.model.schedule.Schedule;
import dev.noether.model.schedule.ScheduleCorrector;
import dev.noether.model.schedule.ScheduleMismatch;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.shape.ShapeGaps;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeScorer;
import dev.noether.model.shape.ShapeState;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows with a model. Rows are added to a batch with the rows before them as context, predicted together, and
 * judged one by one.
 *
 * <p>Only the residual of the <em>newest row</em> of a window is judged. If the residual of the whole window were
 * judged, an alarm would last until the event leaves the window. The newest row has up to two views: its reconstruction
 * from the window, and its forecast from the rows before it.
 *
 * <p>Not thread safe; belongs to the thread of its engine. Allocates nothing after construction.
 */
public final class WindowScorer implements AutoCloseable {
    /** Lower bound of p-values, which must be above 0. */
    private static final double SMALLEST_P_VALUE = Double.MIN_NORMAL;

    private final ModelArtifact model;
    private final int features;
    private final RowBatch batch;
    private final JudgedRow judged;
    private final Judgement judgement;
    private final float[] residual;
    private final float[] squares;
    private final CountView counts;
    private final ExceedanceLaw exceedances;
    /** Null if the model has no shape view. */
    private final @Nullable ShapeScorer shape;

    /** Null if the model has no schedule. */
    private final @Nullable ScheduleCorrector schedule;

    private final @Nullable MismatchSearch mismatches;
    private final @Nullable MissingEstimate missingEstimate;
    private final boolean[] hasShape;
    private final long longestStep;

    /** Value of the starting view that is not news; infinite if the model has no such view. */
    private final double sustainedFrom;

    /**
     * Makes a scorer.
     *
     * @param model the model
     * @param engine computes the predictions; not closed by the scorer
     * @param capacity rows in a batch, at least 1
     */
    public WindowScorer(ModelArtifact model, Engine engine, int capacity) {
        this.model = model;
        this.features = model.features().size();
        this.batch = new RowBatch(model, engine, capacity);
        ViewBatch longest = batch.longestView();
        this.judged = new JudgedRow(features, longest.context(), longest.contextRows());
        this.judgement = new Judgement(model.scaling(), judged);
        this.residual = new float[features];
        this.squares = new float[features];
        this.counts = new CountView(model.counts());
        this.exceedances = model.exceedances();
        ShapeModel shapeModel = model.shape();
        this.shape = shapeModel == null
                ? null
                : new ShapeScorer(shapeModel, engine, capacity, model.scaling().originOf(shapeModel.feature()));
        Schedule recurring = model.schedule();
        this.schedule = recurring == null ? null : new ScheduleCorrector(recurring, model.contextRows());
        this.mismatches = recurring == null ? null : new MismatchSearch(recurring);
        this.missingEstimate = MissingEstimate.of(model);
        this.hasShape = new boolean[capacity];
        ViewTail startingView = model.alarmViews().views().get(AlarmView.STARTING);
        this.sustainedFrom = startingView == null ? Double.POSITIVE_INFINITY : startingView.rareValue();
        this.longestStep = ShapeGaps.longest(model.rowInterval());
    }

    /** The model. */
    public ModelArtifact model() {
        return model;
    }

    /** The estimate of values that are missing for long; null if the model has none. */
    public @Nullable MissingEstimate missingEstimate() {
        return missingEstimate;
    }

    /** The number of rows in the batch. */
    public int size() {
        return batch.size();
    }

    /** Whether the batch is full. */
    public boolean isFull() {
        return batch.isFull();
    }

    /**
     * Adds the row at a position of a buffer, with the rows before it as context.
     *
     * @param buffer holds {@link ModelArtifact#contextRows} rows up to the position
     * @param position position of the row
     * @return index of the row in the batch
     */
    public int add(WindowBuffer buffer, int position) {
        hasShape[batch.size()] = false;
        return batch.add(buffer, position);
    }

    /**
     * Adds a row some of whose features were filled in. The filled values serve as context and are not judged.
     *
     * @param buffer holds {@link ModelArtifact#contextRows} rows up to the position
     * @param position position of the row
     * @param filledIn whether each feature was filled in; copied
     * @return index of the row in the batch
     */
    public int add(WindowBuffer buffer, int position, boolean[] filledIn) {
        hasShape[batch.size()] = false;
        return batch.add(buffer, position, filledIn);
    }

    /** Whether something recurs in the rows of an entity; then each row should be added with its schedule's state. */
    public boolean hasSchedule(String entity) {
        return schedule != null && schedule.has(entity);
    }

    /**
     * Adds a row of an entity that has a schedule: what is expected at its time is taken off.
     *
     * @param buffer holds {@link ModelArtifact#contextRows} rows up to the position
     * @param position position of the row
     * @param filledIn whether each feature was filled in; copied; null: none was
     * @param entity name of the entity
     * @param state state of the entity's schedule; changed if the row is the newest of the buffer
     * @return index of the row in the batch
     * @throws IllegalStateException if the model has no schedule
     */
    public int add(
            WindowBuffer buffer, int position, boolean @Nullable [] filledIn, String entity, ScheduleState state) {
        ScheduleCorrector corrector = schedule;
        if (corrector == null) {
            throw new IllegalStateException("the model has no schedule");
        }
        hasShape[batch.size()] = false;
        int row = batch.addLess(buffer, position, corrector.amounts(entity, buffer, position, state));
        if (filledIn != null) {
            batch.setFilledIn(row, filledIn);
        }
        return row;
    }

    /** Whether the model has a shape view; then each row should also be added with {@link #addShape}. */
    public boolean hasShape() {
        return shape != null;
    }

    /**
     * Makes the shape view's state of an entity for this model.
     *
     * @param previous state of the entity for another model; null if there is none
     * @throws IllegalStateException if the model has no shape view
     */
    public ShapeState startShape(String entity, @Nullable ShapeState previous) {
        return shapeScorer().start(entity, previous);
    }

    /** Whether a state has the form that the model's shape view needs. */
    public boolean fitsShape(ShapeState state) {
        return shapeScorer().fits(state);
    }

    /**
     * Adds a row to the shape view. The rows of an entity must be added in the order in which they came.
     *
     * @param row index as returned by {@link #add}
     * @param state state of the entity for this model; changed
     * @param buffer holds the row
     * @param position position of the row
     */
    public void addShape(int row, ShapeState state, WindowBuffer buffer, int position) {
        int back = buffer.size() - 1 - position;
        boolean isAfterGap = position > 0 && buffer.time(position) - buffer.time(position - 1) > longestStep;
        int feature = shapeScorer().feature();
        float value = buffer.origin() == model.scaling().origin()
                ? buffer.value(position, feature)
                : (float) (buffer.rawValue(position, feature) - model.scaling().originOf(feature));
        value -= batch.amount(row, feature);
        shapeScorer().add(row, state, value, back, isAfterGap);
        hasShape[row] = true;
    }

    /**
     * Adds a row to the shape view that is no part of the signal of its entity, such as a late row or a duplicate. The
     * state does not change.
     */
    public void addShapeOutside(int row, ShapeState state) {
        shapeScorer().addOutside(row, state);
        hasShape[row] = true;
    }

    private ShapeScorer shapeScorer() {
        ShapeScorer scorer = shape;
        if (scorer == null) {
            throw new IllegalStateException("the model has no shape view");
        }
        return scorer;
    }

    /**
     * Judges a row by the baseline of its entity, without a verdict; the baseline then learns from the row. The rows of
     * one entity must be judged in the order in which they were added.
     *
     * @param row index as returned by {@link #add}
     * @param baseline baseline of the entity for this model; changed
     * @param start starting baseline of the entity; only read, and not used if it has no rows of its own
     * @return the result, valid until the next call of a method of this scorer
     */
    public Judgement judge(int row, EntityBaseline baseline, EntityBaseline start) {
        batch.predict();
        batch.copyTo(row, judged);
        ScoreRule rule = model.rule();
        ViewBatch[] views = batch.views();
        boolean lacks = judged.lacksFeatures;
        boolean startIsOwn = start.rows() > 0;
        double widening = baseline.widening();
        double surprise = counts.surprise(judged, baseline.raw()) / widening;
        double adaptive = 1;
        double starting = 1;
        for (int v = 0; v < views.length; v++) {
            RunningScale scale = baseline.view(v);
            views[v].residual(row, judged.observedScaled, scale, v, residual, judged.expectedScaled);
            if (startIsOwn) {
                if (lacks) {
                    start.view(v).fillIn(judged.missing, 0, residual);
                }
                starting *= 1 + start.view(v).standardise(residual, rule.varianceFloor(), squares);
            }
            if (lacks) {
                scale.fillIn(judged.missing, 0, residual);
            }
            baseline.adoptConstants(scale, residual);
            float[] target = v == 0 ? judged.reconstructionSquares : squares;
            double sum = scale.standardise(residual, rule.varianceFloor(), target);
            if (v == 0) {
                judgement.viewValues()[AlarmView.FEATURES.ordinal()] = exceedances.surprise(target, widening);
                System.arraycopy(target, 0, judged.viewSquares, 0, features);
            } else {
                add(squares, judged.viewSquares);
            }
            adaptive *= 1 + sum / widening;
            baseline.learnView(v, residual, rule.adaptationRate(), sum);
            if (lacks) {
                baseline.forget(scale, judged.missing, 0, rule.adaptationRate());
            }
        }
        learnRaw(baseline);
        setScores(rule, adaptive, startIsOwn ? starting : Double.NaN, surprise, baseline);
        if (hasShape[row]) {
            addShapeScores(row);
        }
        return judgement;
    }

    /**
     * Judges a row by the baseline of its entity, with p-value and verdict; baseline and threshold then learn from the
     * row.
     *
     * @param row index as returned by {@link #add}
     * @param baseline baseline of the entity for this model; changed
     * @param start starting baseline of the entity; only read
     * @param threshold threshold of this model
     * @param alarms state of the threshold for the entity; changed
     * @return the result, valid until the next call of a method of this scorer
     */
    public Judgement judge(
            int row, EntityBaseline baseline, EntityBaseline start, AlarmThreshold threshold, AlarmState alarms) {
        judge(row, baseline, start);
        double score = judgement.alarmScore();
        double pValue = Math.max(SMALLEST_P_VALUE, threshold.pValue(alarms, (float) score));
        double limit = threshold.threshold(alarms);
        boolean isAnomalous = threshold.judge(alarms, score);
        judgement.setVerdict(pValue, limit, isAnomalous);
        if (isAnomalous && hasShape[row]) {
            shapeScorer().suspect(row);
        }
        return judgement;
    }

    /**
     * The job that did not come or does not end, and explains the feature with the largest share of the judgement; null
     * if there is none. Allocates the result: to be called for rows that are reported, before the next row is judged.
     *
     * @param entity name of the judged row's entity
     * @param time its event time
     */
    public @Nullable ScheduleMismatch scheduleMismatch(String entity, long time) {
        MismatchSearch search = mismatches;
        if (search == null || !hasSchedule(entity)) {
            return null;
        }
        int leading = 0;
        for (int j = 1; j < features; j++) {
            leading = judgement.share(j) > judgement.share(leading) ? j : leading;
        }
        double deviation = (double) judgement.observed(leading) - judgement.expected(leading);
        return search.find(entity, time, leading, deviation);
    }

    /** Keeps the baseline of the raw values for the contributions, then lets the baseline learn the row. */
    private void learnRaw(EntityBaseline baseline) {
        RunningScale raw = baseline.raw();
        if (judged.lacksFeatures) {
            System.arraycopy(judged.observedScaled, 0, residual, 0, features);
            raw.fillIn(judged.missing, 0, residual);
            baseline.adoptConstants(raw, residual);
            judged.raw.set(raw);
            baseline.learnRow(residual, model.rule().causeRate(), judged.missing, 0);
        } else {
            baseline.adoptConstants(raw, judged.observedScaled);
            judged.raw.set(raw);
            baseline.learnRow(judged.observedScaled, model.rule().causeRate());
        }
    }

    /** Sets the scores; {@code starting} is NaN if the entity has no starting baseline of its own. */
    private void setScores(ScoreRule rule, double adaptive, double starting, double surprise, EntityBaseline baseline) {
        int views = batch.views().length;
        double onAdaptive = Math.log(adaptive) / views;
        double onStarting = Math.log(starting) / views;
        double away = Double.isNaN(starting) ? 0 : onStarting - onAdaptive;
        double logarithm = onAdaptive + rule.startingWeight() * away;
        double alarmScore = onAdaptive + rule.alarmStartingWeight() * away;
        double memory = Math.log(baseline.remember(Math.exp(logarithm), rule.memoryRate()));
        double[] values = judgement.viewValues();
        values[AlarmView.STARTING.ordinal()] = onStarting - baseline.sustained();
        values[AlarmView.COUNTS.ordinal()] = surprise;
        double joint = model.alarmViews().score(alarmScore, values);
        if (sustainedFrom < Double.POSITIVE_INFINITY) {
            baseline.setSustained(SustainedExcess.after(baseline.sustained(), onStarting, sustainedFrom));
        }
        judgement.setScores(rule.score(logarithm, memory) + joint - alarmScore, joint, memory);
        if (joint > alarmScore && model.alarmViews().isRaisedBy(AlarmView.FEATURES, alarmScore, values)) {
            judgement.explainByResiduals();
        }
    }

    private void addShapeScores(int row) {
        ShapeScorer scorer = shapeScorer();
        scorer.judge(row, judgement.alarmScore());
        judgement.setShape(scorer.score(), scorer.alarmScore(), scorer.stateOf(row), scorer.model());
    }

    private static void add(float[] summands, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += summands[j];
        }
    }

    /** Empties the batch. */
    public void clear() {
        batch.clear();
        if (shape != null) {
            shape.clear();
        }
    }

    /** Frees the resources of the engine for this model. */
    @Override
    public void close() {
        batch.close();
        if (shape != null) {
            shape.close();
        }
    }
}
