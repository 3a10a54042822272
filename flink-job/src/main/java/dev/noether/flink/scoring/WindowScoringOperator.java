package dev.noether.flink.scoring;

import dev.noether.flink.entity.EntityLimit;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.model.engine.Engine;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows and scores: the first input is the rows, keyed by entity; the second the releases, broadcast.
 *
 * <p>One operator does both, so that a window never crosses the network: rows wait in a micro-batch with the states of
 * their entities, are then put into the windows and into a preallocated batch of the model ({@link RowPlacement}), and judged
 * ({@link RowJudge}). That happens when the batch is full, when its oldest row has waited for the linger time, before a watermark passes, at the end of the input, and in {@link #prepareSnapshotPreBarrier}:
 * so no pending row ever has to be state, and a checkpoint is exact. Each row gives exactly one score, in the order of the
 * rows.
 *
 * <p>No more entities are remembered than {@link EntityLimit} allows. Releases go to the {@link ReleaseIntake}.
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
    private final KnownReleases known;

    private transient ValueStateDescriptor<EntityState> entityDescriptor;
    private transient ValueState<EntityState> entityStates;
    private transient BroadcastState<Long, ModelRelease> releaseStates;
    private transient boolean isRestored;

    private transient Engine engine;
    private transient ModelsInForce models;
    private transient ReleaseIntake releases;
    private transient EntityLimit<EntityState> limit;
    private transient EntityStates states;
    private transient PendingRows pending;
    private transient StuckRows stuckRows;
    private transient RowPlacement placement;
    private transient RowJudge judge;
    private transient LingerTimer linger;
    private transient ScoringMetrics counted;

    /**
     * Makes the operator.
     *
     * @param options what it needs of the configuration
     * @param known the releases to start with where there is no checkpoint to go on from
     */
    public WindowScoringOperator(ScoringOptions options, KnownReleases known) {
        this.options = options;
        this.known = known;
    }

    /** How releases are kept in broadcast state: by version. */
    public static MapStateDescriptor<Long, ModelRelease> releasesDescriptor() {
        return new MapStateDescriptor<>("releases", Types.LONG, WireTypes.MODEL_RELEASE);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        entityDescriptor = new ValueStateDescriptor<>("entity", EntityStateSerializer.INSTANCE);
        entityStates = context.getKeyedStateStore().getState(entityDescriptor);
        releaseStates = context.getOperatorStateStore().getBroadcastState(releasesDescriptor());
        isRestored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        OptionalInt device = GpuDevice.indexOf(getRuntimeContext());
        engine = options.engine().open(device.orElse(0));
        models = new ModelsInForce(engine, options.budget(), options.batchSize(), MODELS_KEPT);
        limit = new EntityLimit<>(
                getKeyedStateBackend(),
                entityDescriptor,
                state -> state.window().newestTime(),
                EntityLimit.ofSubtask(
                        options.maxEntities(), getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()));
        pending = new PendingRows(options.batchSize());
        // Not earlier: a reporter may ask a gauge at once.
        counted = new ScoringMetrics(
                getMetricGroup(), () -> limit.entities(), () -> models.newestVersion(), () -> pending.batches());
        states = new EntityStates(options, getKeyedStateBackend(), entityStates, limit);
        stuckRows = new StuckRows(options.features());
        placement = new RowPlacement(options, models, stuckRows, counted);
        judge = new RowJudge(options, stuckRows, counted);
        linger = new LingerTimer(getProcessingTimeService(), options.linger(), pending, this::flush);
        releases = new ReleaseIntake(options, models, releaseStates, counted, isRestored);
        releases.loadKnown(known);
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
                "Detector {} scores with the {} engine, {} of its task manager, {} rows in a batch, {} models in force.",
                options.detector(),
                engine.name(),
                device.isPresent() ? "GPU " + device.getAsInt() : "no GPU",
                options.batchSize(),
                models.size());
    }

    @Override
    public void processElement1(StreamRecord<ObservationRow> element) throws Exception {
        ObservationRow row = element.getValue();
        pending.add(row, states.of(row.entity()));
        if (pending.isFull()) {
            flush();
        } else {
            linger.rowWaits();
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelRelease> element) throws Exception {
        ModelRelease release = element.getValue();
        if (release.detector().equals(options.detector())) {
            flush();
            releases.announced(release);
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
     * Scores what is pending, step by step and not row by row: between two rows the processor need not wait until what the
     * first has changed of its entity has reached the memory, and where references are stored, as Flink does with each
     * record that it passes on, G1 lets it wait. The array and the record are young for the same reason, see {@link PendingRows}.
     */
    private void flush() throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        int rows = pending.size();
        for (int i = 0; i < rows; i++) {
            placement.place(pending, i);
        }
        Score[] scores = new Score[rows];
        for (int i = 0; i < rows; i++) {
            scores[i] = judge.score(pending, i);
        }
        StreamRecord<Score> record = new StreamRecord<>(null);
        for (Score score : scores) {
            record.replace(score, score.eventTime());
            output.collect(record);
        }
        pending.clear();
        stuckRows.clear();
        models.clearBatches();
        states.writeBack();
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

    /** What has been counted since the start. */
    ScoringMetrics counted() {
        return counted;
    }
}
