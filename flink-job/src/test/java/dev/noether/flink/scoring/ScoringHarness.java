package dev.noether.flink.scoring;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.config.MicroBatchOptions;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.TrustedKeys;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The scoring operator in Flink's test harness: real state, real timers, no cluster. */
final class ScoringHarness implements AutoCloseable {
    static final int FEATURES = 5;
    static final int WINDOW = 3;
    private static final EventTimeLimits TIMES =
            new EventTimeLimits(0, Instant.parse("2100-01-01T00:00:00Z").toEpochMilli(), 86_400_000);
    private static final int MAX_SUBTASKS = 8;

    private final WindowScoringOperator operator;
    private final KeyedTwoInputStreamOperatorTestHarness<String, ObservationRow, ModelRelease, Score> harness;

    ScoringHarness(ScoringOptions options) throws Exception {
        this(options, KnownReleases.NONE, null);
    }

    ScoringHarness(ScoringOptions options, KnownReleases known, @Nullable OperatorSubtaskState state) throws Exception {
        this(options, known, state, 1, 0, new HashMapStateBackend());
    }

    /** On a backend that keeps bytes: each look at a state makes a new object. */
    static ScoringHarness onRocksDb(ScoringOptions options, @Nullable OperatorSubtaskState state) throws Exception {
        return new ScoringHarness(options, KnownReleases.NONE, state, 1, 0, new EmbeddedRocksDBStateBackend());
    }

    /** One of several subtasks that start without state. */
    static ScoringHarness subtask(ScoringOptions options, KnownReleases known, int subtasks, int subtask)
            throws Exception {
        return new ScoringHarness(options, known, null, subtasks, subtask, new HashMapStateBackend());
    }

    /** The subtask that gets the rows of an entity. */
    static int subtaskOf(ObservationRow row, int subtasks) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(row.entity(), MAX_SUBTASKS, subtasks);
    }

    /** One of several subtasks that go on from the state of a single one. */
    static ScoringHarness rescaled(ScoringOptions options, OperatorSubtaskState state, int subtasks, int subtask)
            throws Exception {
        return new ScoringHarness(
                options,
                KnownReleases.NONE,
                AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MAX_SUBTASKS, 1, subtasks, subtask),
                subtasks,
                subtask,
                new HashMapStateBackend());
    }

    private ScoringHarness(
            ScoringOptions options,
            KnownReleases known,
            @Nullable OperatorSubtaskState state,
            int subtasks,
            int subtask,
            StateBackend backend)
            throws Exception {
        operator = new WindowScoringOperator(options, known);
        harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                operator, ObservationRow::entity, null, Types.STRING, MAX_SUBTASKS, subtasks, subtask);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setStateBackend(backend);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    static ScoringOptions options(int batchSize) {
        return options(batchSize, Duration.ZERO, LatePolicy.MARK);
    }

    static ScoringOptions options(int batchSize, Duration disorder, LatePolicy latePolicy) {
        return options(batchSize, disorder, latePolicy, 1_000_000, DuplicatePolicy.REPEAT, MissingPolicy.HOLD);
    }

    static ScoringOptions options(
            int batchSize,
            Duration disorder,
            LatePolicy latePolicy,
            int maxEntities,
            DuplicatePolicy duplicates,
            MissingPolicy missing) {
        return new ScoringOptions(
                TestingModels.DETECTOR,
                new ScoringOptions.Window(TestingModels.features(FEATURES).names(), WINDOW, WINDOW, true),
                new ScoringOptions.RowPolicies(
                        disorder, latePolicy, duplicates, Collections.nCopies(FEATURES, missing), TIMES),
                maxEntities,
                AlarmBudget.parse("1 per entity per PT100S"),
                new MicroBatchOptions(batchSize, Duration.ofMillis(20)),
                ContributionDetail.ALL,
                EngineChoice.OPENBLAS,
                TrustedKeys.NONE);
    }

    /** Returns the same options for a detector of another name. */
    static ScoringOptions ofDetector(String name, ScoringOptions like) {
        return new ScoringOptions(
                name,
                like.window(),
                like.policies(),
                like.maxEntities(),
                like.budget(),
                like.microBatch(),
                like.contributions(),
                like.engine(),
                like.keys());
    }

    /** Rows of some entities, a second apart, in the order of their offsets. */
    static List<ObservationRow> rows(int count, int entities, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ObservationRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian();
            }
            rows.add(new ObservationRow("entity-" + random.nextInt(entities), i * 1000L, 0, i, values));
        }
        return rows;
    }

    void send(ObservationRow row) throws Exception {
        harness.processElement1(row, row.eventTime());
    }

    void send(List<ObservationRow> rows) throws Exception {
        for (ObservationRow row : rows) {
            send(row);
        }
    }

    void announce(ModelRelease release) throws Exception {
        harness.processElement2(release, 0);
    }

    void setProcessingTime(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
        return harness.snapshot(checkpoint, checkpoint);
    }

    void watermark(long eventTime) throws Exception {
        harness.processWatermark1(new org.apache.flink.streaming.api.watermark.Watermark(eventTime));
    }

    /** The versions of the releases in the broadcast state, in ascending order. */
    List<Long> releasesInState() throws Exception {
        List<Long> versions = new ArrayList<>();
        operator.getOperatorStateBackend()
                .getBroadcastState(WindowScoringOperator.releasesDescriptor())
                .immutableEntries()
                .forEach(entry -> versions.add(entry.getKey()));
        Collections.sort(versions);
        return versions;
    }

    /** The metrics of pending and refused releases. */
    ReleaseStatus status() {
        return operator.status();
    }

    /** The challenger, if there is one. */
    ShadowScoring shadow() {
        return operator.shadow();
    }

    void endInput() throws Exception {
        harness.endInput1();
    }

    int keyedStates() {
        return harness.numKeyedStateEntries();
    }

    /** Returns the metrics since the operator was opened. */
    ScoringMetrics metrics() {
        return operator.metrics();
    }

    /** The entities that have a state. */
    List<String> entities() {
        return operator.<String>getKeyedStateBackend()
                .getKeys("entity", VoidNamespace.INSTANCE)
                .toList();
    }

    /** The state of an entity. */
    EntityState state(String entity) throws Exception {
        KeyedStateBackend<String> backend = operator.getKeyedStateBackend();
        backend.setCurrentKey(entity);
        return backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ValueStateDescriptor<>("entity", EntityStateSerializer.INSTANCE))
                .value();
    }

    /** The scores that came out since the last call. */
    List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        while (!harness.getOutput().isEmpty()) {
            Object element = harness.getOutput().poll();
            if (element instanceof StreamRecord<?> record) {
                scores.add((Score) record.getValue());
            }
        }
        return scores;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
