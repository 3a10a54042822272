package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.ingest.IngestTypes;
import dev.noether.flink.ingest.ObservationRow;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseCheck;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.Imputation;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.UnscoredReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows and scores: the first input is the rows, keyed by entity; the second the releases, broadcast.
 *
 * <p>One operator does both, so that a window never crosses the network: it updates the entity's ring and appends one row to
 * a preallocated batch. The batch is scored when it is full, when its oldest row has waited for the linger time, before a
 * watermark passes, at the end of the input, and in {@link #prepareSnapshotPreBarrier}: so no pending row ever has to be
 * state, and a checkpoint is exact. Each row gives exactly one score, in the order of the rows.
 *
 * <p>The states of the entities in the batch are held in {@link ActiveEntities} and written back once when it is scored.
 *
 * <p>A row is <em>late</em> where it is older than the newest of its entity by more than the disorder that is allowed. One of
 * exactly the event time of a row in its entity's window is a <em>duplicate</em>: it is judged in the place of that row, as
 * often as it comes, and neither enters the window nor teaches the baseline or the threshold. Any other that is older than
 * the newest is <em>out of order</em> and put in its place. Each is counted, and has a score like all others.
 *
 * <p>No more entities are remembered than {@link EntityLimit} allows.
 *
 * <p>A release that fails its {@link ReleaseCheck} is refused with a counter and a log line; what is in force stays so.
 */
// Flink makes the transient fields in initializeState and open, before any other call.
@SuppressWarnings("NullAway.Init")
public final class WindowScoringOperator extends AbstractStreamOperator<Score>
        implements TwoInputStreamOperator<ObservationRow, ModelRelease, Score>, BoundedMultiInput {
    /** How many models are held at once: enough for event times from long before the newest release. */
    static final int MODELS_KEPT = 8;

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WindowScoringOperator.class);

    private final ScoringOptions options;
    private final long disorderMillis;
    private final ReleaseCheck check;
    private final KnownReleases known;

    private transient ValueStateDescriptor<EntityState> entityDescriptor;
    private transient ValueState<EntityState> entityStates;
    private transient EntityLimit<EntityState> limit;
    private transient BroadcastState<Long, ModelRelease> releases;
    private transient Engine engine;
    private transient ModelsInForce models;
    /**
     * Whether the state backend hands out the objects that it keeps, so that a change in place needs no writing back. Flink's
     * heap backend does, and copies one before it hands it out while a checkpoint still needs the old; here no checkpoint
     * begins while a batch is pending.
     */
    private transient boolean statesAreLive;

    private transient ActiveEntities active;
    private transient PendingRows pending;
    private transient StuckRows stuckRows;
    private transient Judgement judgement;
    private transient ScoreWriter writer;
    private transient WindowBuffer scratch;
    private transient Imputation imputation;
    private transient UsualValues usual;
    private transient float[] held;
    private transient float[] filled;
    private transient boolean[] filledIn;
    private transient StreamRecord<Score> reused;
    private transient boolean isRestored;
    private transient boolean lingerArmed;
    private transient long lingerBatch;
    private transient long batches;

    private transient ScoringMetrics counted;

    /**
     * Makes the operator.
     *
     * @param options what it needs of the configuration
     * @param known the releases to start with where there is no checkpoint to go on from
     */
    public WindowScoringOperator(ScoringOptions options, KnownReleases known) {
        this.options = options;
        this.disorderMillis = options.disorder().toMillis();
        this.known = known;
        this.check = new ReleaseCheck(options.features(), options.windowRows(), options.contextRows());
    }

    /** How releases are kept in broadcast state: by version. */
    public static MapStateDescriptor<Long, ModelRelease> releasesDescriptor() {
        return new MapStateDescriptor<>("releases", Types.LONG, IngestTypes.MODEL_RELEASE);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        entityDescriptor = new ValueStateDescriptor<>("entity", EntityStateSerializer.INSTANCE);
        entityStates = context.getKeyedStateStore().getState(entityDescriptor);
        releases = context.getOperatorStateStore().getBroadcastState(releasesDescriptor());
        isRestored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        engine = options.engine().open(GpuDevice.indexOf(getRuntimeContext()).orElse(0));
        models = new ModelsInForce(engine, options.budget(), options.batchSize(), MODELS_KEPT);
        limit = new EntityLimit<>(
                getKeyedStateBackend(),
                entityDescriptor,
                state -> state.window().newestTime(),
                EntityLimit.ofSubtask(
                        options.maxEntities(), getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()));
        // Not earlier: a reporter may ask a gauge at once.
        counted = new ScoringMetrics(
                getMetricGroup(), () -> limit.entities(), () -> models.newestVersion(), () -> batches);
        active = new ActiveEntities(options.batchSize());
        statesAreLive = getKeyedStateBackend() instanceof HeapKeyedStateBackend;
        pending = new PendingRows(options.batchSize());
        stuckRows = new StuckRows(options.features());
        judgement = new Judgement(options.featureNames().size());
        writer = new ScoreWriter(options.detector(), options.features(), options.contributions());
        scratch = newWindow();
        held = new float[options.featureNames().size()];
        imputation = new Imputation(options.missing());
        usual = new UsualValues();
        filled = new float[options.featureNames().size()];
        filledIn = new boolean[filled.length];
        reused = new StreamRecord<>(null);
        loadKnown();
        if (isRestored) {
            limit.restored();
            makeRoom();
        }
        LOG.info(
                "Subtask {} of detector {}: {}.",
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                options.detector(),
                EntityMemory.of(options).message(limit.most()));
        LOG.info(
                "Detector {} scores with the {} engine, {} rows in a batch, {} models in force.",
                options.detector(),
                engine.name(),
                options.batchSize(),
                models.size());
    }

    @Override
    public void processElement1(StreamRecord<ObservationRow> element) throws Exception {
        ObservationRow row = element.getValue();
        String entity = row.entity();
        EntityState state = active.get(entity);
        if (state == null) {
            state = entityStates.value();
            if (state == null) {
                limit.added();
            }
            boolean isNew = !fits(state);
            state = isNew ? new EntityState(newWindow()) : requireNonNull(state);
            active.put(entity, state, isNew || !statesAreLive);
        }
        int index = pending.next();
        pending.states[index] = state;
        pending.entities[index] = entity;
        pending.eventTime[index] = row.eventTime();
        pending.windowStart[index] = row.eventTime();
        pending.partition[index] = row.partition();
        pending.offset[index] = row.offset();
        pending.unscored[index] = place(row, state, index);
        if (pending.isFull()) {
            flush();
        } else if (!lingerArmed) {
            armLinger();
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelRelease> element) throws Exception {
        ModelRelease release = element.getValue();
        if (!release.detector().equals(options.detector())) {
            return;
        }
        flush();
        if (release.stage() == ReleaseStage.RETIRED) {
            if (models.remove(release.version())) {
                releases.remove(release.version());
                LOG.info("Model {} of detector {} is retired.", release.version(), options.detector());
            }
            return;
        }
        if (release.stage() == ReleaseStage.CHAMPION && !release.equals(models.release(release.version()))) {
            boolean first = models.size() == 0;
            if (install(release, false)) {
                releases.put(release.version(), release);
                if (!first) {
                    counted.modelSwaps.inc();
                }
            }
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        flush();
        // The releases have no event time of their own: the rows alone decide it.
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput(int inputId) throws Exception {
        flush();
    }

    @Override
    public void close() throws Exception {
        if (models != null) {
            models.close();
        }
        if (engine != null) {
            engine.close();
        }
        super.close();
    }

    /**
     * Loads what was in force at the checkpoint, or else what the topic holds, before the first row: a recovery scores as
     * before. A store that does not answer is then no reason to go on without models; the job tries again. A file that is
     * gone is one only where it has scored before: an old release whose artifact was cleared away must not stop a new start.
     */
    private void loadKnown() throws Exception {
        if (!isRestored) {
            for (ModelRelease release : known.read()) {
                releases.put(release.version(), release);
            }
        }
        List<ModelRelease> toLoad = new ArrayList<>();
        for (Map.Entry<Long, ModelRelease> entry : releases.immutableEntries()) {
            toLoad.add(entry.getValue());
        }
        for (ModelRelease release : toLoad) {
            if (release.stage() != ReleaseStage.CHAMPION || !install(release, true)) {
                releases.remove(release.version());
            }
        }
    }

    /** Puts the row into its entity's window and its window into a batch; returns why it cannot be scored, if it cannot. */
    private @Nullable UnscoredReason place(ObservationRow row, EntityState state, int index) {
        WindowBuffer window = state.window();
        long eventTime = row.eventTime();
        Loaded model = models.at(eventTime);
        boolean isInOrder = window.size() == 0
                || eventTime > window.newestTime()
                || (eventTime == window.newestTime() && window.isSetBack());
        boolean isLate = !isInOrder && eventTime < window.newestTime() - disorderMillis;
        int repeated = isInOrder || isLate ? -1 : repeated(window, eventTime);
        pending.repeats[index] = repeated >= 0;
        WindowBuffer judged = window;
        int position;
        float[] values = row.values();
        boolean lacks = Imputation.isNeeded(values);
        if (lacks) {
            usual.set(state, model);
            imputation.fill(values, window, usual, filled, filledIn);
            values = filled;
            counted.imputed.inc();
        }
        if (isLate) {
            counted.late.inc();
            window.rejectLate(eventTime);
            if (options.latePolicy() == LatePolicy.MARK) {
                return UnscoredReason.LATE;
            }
            judged = inPlace(window, window.size(), window.newestTime(), values);
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
        pending.model[index] = model;
        pending.windowStart[index] = Math.min(judged.windowStart(position), eventTime);
        WindowScorer scorer = model.scorer();
        pending.scorerRow[index] = lacks ? scorer.add(judged, position, filledIn) : scorer.add(judged, position);
        return null;
    }

    /** Counts a row that came behind its time; returns the place of the row that it repeats, or -1 where it is one of its own. */
    private int repeated(WindowBuffer window, long eventTime) {
        int position = window.positionOf(eventTime);
        if (position < 0) {
            counted.outOfOrder.inc();
            return -1;
        }
        counted.duplicates.inc();
        return options.duplicates() == DuplicatePolicy.REPEAT ? position : -1;
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

    /** A state of another window or other features belongs to a former configuration: the entity warms up anew. */
    private boolean fits(@Nullable EntityState state) {
        return state != null
                && state.window().features() == options.featureNames().size()
                && state.window().windowRows() == options.contextRows();
    }

    private WindowBuffer newWindow() {
        return new WindowBuffer(
                options.contextRows(), options.slack(), options.featureNames().size());
    }

    private void flush() throws IOException {
        int rows = pending.size();
        if (rows == 0) {
            return;
        }
        for (int i = 0; i < rows; i++) {
            UnscoredReason reason = pending.unscored[i];
            Score score = reason == null ? judge(i) : unscored(i, reason);
            reused.replace(score, pending.eventTime[i]);
            output.collect(reused);
        }
        pending.clear();
        stuckRows.clear();
        models.clearBatches();
        for (int i = 0; i < active.size(); i++) {
            if (active.isToBeWritten(i)) {
                setCurrentKey(active.entity(i));
                entityStates.update(active.state(i));
            }
        }
        active.clear();
        batches++;
        makeRoom();
    }

    /** Only behind a batch: its entities are then written back, and none of them is in use. */
    private void makeRoom() {
        if (!limit.isExceeded()) {
            return;
        }
        boolean isFirst = counted.entitiesEvicted.getCount() == 0;
        counted.entitiesEvicted.inc(limit.makeRoom((entity, state) -> {}));
        if (isFirst) {
            LOG.warn(
                    "Detector {} has more entities than `entities.max` leaves to this subtask, {}: those that were seen least"
                            + " recently are forgotten.",
                    options.detector(),
                    limit.most());
        }
    }

    private Score judge(int index) {
        List<StuckFeature> stuck = stuckRows.of(index);
        if (!stuck.isEmpty()) {
            counted.stuck.inc();
        }
        Loaded model = requireNonNull(pending.model[index]);
        WindowScorer scorer = model.scorer();
        long version = model.release().version();
        String entity = pending.entities[index];
        // What a row teaches it teaches once: of a repeat a copy learns, and is gone.
        EntityState state = pending.repeats[index] ? pending.states[index].copyToJudge() : pending.states[index];
        EntityBaseline baseline = state.baselineFor(entity, scorer.model(), version);
        EntityBaseline start = state.startFor(entity, scorer.model(), version);
        AlarmThreshold threshold = model.threshold();
        scorer.judge(pending.scorerRow[index], baseline, start, threshold, state.alarms(threshold), judgement);
        counted.scored(
                judgement.anomalous(), pending.repeats[index], model.promised().perWindow());
        return writer.write(pending, index, version, judgement, stuck);
    }

    private Score unscored(int index, UnscoredReason reason) {
        counted.unscored(reason).inc();
        return Score.unscored(
                options.detector(),
                pending.entities[index],
                pending.eventTime[index],
                pending.partition[index],
                pending.offset[index],
                reason);
    }

    private boolean install(ModelRelease release, boolean required) throws Exception {
        ModelArtifact artifact;
        try {
            artifact = check.load(release);
        } catch (ArtifactException | IOException e) {
            if (required && e instanceof IOException && (isRestored || !(e instanceof FileNotFoundException))) {
                throw e;
            }
            counted.modelsRefused.inc();
            LOG.warn(
                    "Model {} of detector {} is refused, {} models stay in force: {} ({})",
                    release.version(),
                    options.detector(),
                    models.size(),
                    e.getMessage(),
                    release.artifactUri());
            return false;
        }
        for (ModelRelease gone : models.add(release, artifact)) {
            releases.remove(gone.version());
        }
        BudgetDecision decision = PromisedRate.of(options.budget(), artifact).decision();
        LOG.info(
                "Model {} of detector {} scores from event time {} on; {}; {} of {} features move so that standing still is told.",
                release.version(),
                options.detector(),
                Instant.ofEpochMilli(release.effectiveFrom()),
                decision.message(),
                artifact.repeats().moving(),
                options.featureNames().size());
        return true;
    }

    private void armLinger() {
        lingerArmed = true;
        lingerBatch = batches;
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + options.linger().toMillis(), time -> lingerEnds());
    }

    private void lingerEnds() throws IOException {
        lingerArmed = false;
        if (pending.size() == 0) {
            return;
        }
        if (lingerBatch == batches) {
            flush();
        } else {
            // The batch that armed the timer has long been scored; the rows at hand are younger and may wait their
            // time.
            armLinger();
        }
    }

    /** What has been counted since the start. */
    ScoringMetrics counted() {
        return counted;
    }
}
