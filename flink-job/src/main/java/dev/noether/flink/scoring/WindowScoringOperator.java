package dev.noether.flink.scoring;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.entity.EntityLimit;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ReleaseCheck;
import dev.noether.flink.release.ReleaseLoader;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.model.engine.Engine;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
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
 * The Flink operator that turns rows into scores. Its first input is the rows, keyed by entity; its second input is the
 * releases of models, broadcast. Each row gives exactly one score, in the order of the rows.
 *
 * <p>One operator holds the windows and scores them, so that no window crosses the network. It passes rows to the
 * {@link MicroBatchScorer} and releases to the {@link ReleaseIntake}. It scores all pending rows before a watermark,
 * before a checkpoint and at the end of the input, so that pending rows are never state.
 */
// Flink sets the transient fields in initializeState and open, before any other call.
@SuppressWarnings("NullAway.Init")
public final class WindowScoringOperator extends AbstractStreamOperator<Score>
        implements TwoInputStreamOperator<ObservationRow, ModelRelease, Score>, BoundedMultiInput {
    /** The number of models held at most: enough for event times from long before the newest release. */
    static final int MAX_MODELS = 8;

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WindowScoringOperator.class);

    private final ScoringOptions options;
    private final KnownReleases knownReleases;

    private transient ValueStateDescriptor<EntityState> entityDescriptor;
    private transient ValueState<EntityState> entityState;
    private transient BroadcastState<Long, ModelRelease> releaseStates;
    private transient boolean isRestored;

    private transient Engine engine;
    private transient ModelsInForce models;
    private transient ReleaseIntake releases;
    private transient ShadowScoring shadow;
    private transient ShadowIntake challengers;
    private transient MicroBatchScorer microBatch;
    private transient ScoringMetrics metrics;
    private transient ReleaseStatus status;

    /**
     * Makes the operator.
     *
     * @param options options of the detector
     * @param knownReleases releases that exist before the first row
     */
    public WindowScoringOperator(ScoringOptions options, KnownReleases knownReleases) {
        this.options = options;
        this.knownReleases = knownReleases;
    }

    /** Returns the descriptor of the broadcast state: the releases by version. */
    public static MapStateDescriptor<Long, ModelRelease> releasesDescriptor() {
        return new MapStateDescriptor<>("releases", Types.LONG, WireTypes.MODEL_RELEASE);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        entityDescriptor = new ValueStateDescriptor<>("entity", EntityStateSerializer.INSTANCE);
        entityState = context.getKeyedStateStore().getState(entityDescriptor);
        releaseStates = context.getOperatorStateStore().getBroadcastState(releasesDescriptor());
        isRestored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        OptionalInt device = SubtaskGpu.indexOf(getRuntimeContext());
        engine = device.isPresent()
                ? options.engine().openOnGpu(device.getAsInt())
                : options.engine().open();
        models =
                new ModelsInForce(engine, options.budget(), options.microBatch().size());
        EntityLimit<EntityState> limit = newLimit();
        PendingRows pending = new PendingRows(options.microBatch().size());
        // Only now: a reporter may read a gauge as soon as it is registered.
        metrics = new ScoringMetrics(
                getMetricGroup(), () -> limit.entities(), () -> models.newestVersion(), () -> pending.batches());
        metrics.registerFallback(getMetricGroup(), engine);
        shadow = new ShadowScoring(metrics);
        shadow.register(getMetricGroup());
        EntityEviction eviction = new EntityEviction(options.detector(), limit, metrics);
        microBatch = new MicroBatchScorer(
                options,
                pending,
                new EntityStates(options, getKeyedStateBackend(), entityState, limit),
                models,
                shadow,
                eviction,
                metrics,
                getProcessingTimeService(),
                this::emit);
        status = new ReleaseStatus();
        status.register(getMetricGroup(), getProcessingTimeService());
        ReleaseLoader loader = newLoader();
        releases = newIntake(loader);
        challengers = new ShadowIntake(
                options.detector(),
                loader,
                models,
                shadow,
                releaseStates,
                metrics,
                getProcessingTimeService(),
                microBatch::flush);
        releases.loadInitial(challengers.alsoReading(knownReleases), isRestored);
        challengers.loadInitial();
        if (isRestored) {
            limit.restored();
            eviction.enforce();
        }
        logStart(limit, device);
    }

    private EntityLimit<EntityState> newLimit() {
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        return new EntityLimit<>(
                getKeyedStateBackend(),
                entityDescriptor,
                state -> lastSeen(state.window().newestTime()),
                EntityLimit.ofSubtask(options.maxEntities(), subtasks));
    }

    private ReleaseLoader newLoader() {
        ReleaseCheck check = new ReleaseCheck(
                options.features(), options.window().rows(), options.window().contextRows(), options.keys());
        return new ReleaseLoader(check, getUserCodeClassloader());
    }

    private ReleaseIntake newIntake(ReleaseLoader loader) {
        return new ReleaseIntake(
                options, loader, models, releaseStates, metrics, status, getProcessingTimeService(), microBatch::flush);
    }

    /** An entity with an impossible time must not keep its state for ever: it goes first. */
    private long lastSeen(long newest) {
        return newest > options.policies().times().latestAt(JobClock.SYSTEM.millis()) ? Long.MIN_VALUE : newest;
    }

    private void logStart(EntityLimit<EntityState> limit, OptionalInt device) {
        LOG.info(
                "Subtask {} of detector {} starts: {}.",
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                options.detector(),
                EntityHeapEstimate.of(options).message(limit.most()));
        LOG.info(
                "Detector {} scores with the {} engine on {}, {} rows in a micro-batch, {} models in force.",
                options.detector(),
                engine.name(),
                device.isPresent() && engine.fallback().isEmpty() ? "GPU " + device.getAsInt() : "the CPU",
                options.microBatch().size(),
                models.size());
    }

    @Override
    public void processElement1(StreamRecord<ObservationRow> element) throws Exception {
        microBatch.add(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<ModelRelease> element) throws Exception {
        ModelRelease release = element.getValue();
        if (release.detector().equals(options.detector())) {
            microBatch.flush();
            releases.apply(release);
            challengers.apply(release);
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        microBatch.flush();
        releases.advance(mark.getTimestamp());
        // Releases have no event time: only the rows advance the watermark.
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        microBatch.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void endInput(int inputId) throws Exception {
        microBatch.flush();
    }

    @Override
    public void close() throws Exception {
        if (releases != null) {
            releases.close();
        }
        if (shadow != null) {
            shadow.close();
        }
        if (models != null) {
            models.close();
        }
        if (engine != null) {
            engine.close();
        }
        super.close();
    }

    /** Sends scores on. The stream record is a young object, for the reason given in {@link PendingRows}. */
    private void emit(Score[] scores) {
        StreamRecord<Score> record = new StreamRecord<>(null);
        for (Score score : scores) {
            record.replace(score, score.eventTime());
            output.collect(record);
        }
    }

    /** Returns the metrics since the operator was opened. */
    ScoringMetrics metrics() {
        return metrics;
    }

    /** Returns the challenger, if there is one. */
    ShadowScoring shadow() {
        return shadow;
    }

    /** Returns the metrics of pending and refused releases. */
    ReleaseStatus status() {
        return status;
    }
}
