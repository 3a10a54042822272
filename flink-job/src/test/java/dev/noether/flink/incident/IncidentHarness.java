package dev.noether.flink.incident;

import dev.noether.flink.TestingMetrics;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.KnownFeedback;
import dev.noether.flink.feedback.TestingFeedback;
import dev.noether.flink.incident.IncidentSignal.IncidentReport;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.Incident;
import dev.noether.schemas.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The incident operator in Flink's test harness: real state, real time services, no cluster. */
final class IncidentHarness implements AutoCloseable {
    static final int SUBTASKS = 4;

    private final TestingMetrics metrics = new TestingMetrics();
    private final IncidentOperator operator;
    private final int subtasks;
    private final int subtask;
    private final KeyedOneInputStreamOperatorTestHarness<String, Score, Score> harness;

    IncidentHarness(DetectorConfig config, @Nullable OperatorSubtaskState state) throws Exception {
        this(new IncidentSettings(config, config.rules().calendarText()), state);
    }

    IncidentHarness(IncidentSettings settings, @Nullable OperatorSubtaskState state) throws Exception {
        this(settings, state, new HashMapStateBackend());
    }

    /** On a backend that keeps bytes: each look at a state makes a new object. */
    static IncidentHarness onRocksDb(DetectorConfig config, @Nullable OperatorSubtaskState state) throws Exception {
        return new IncidentHarness(
                new IncidentSettings(config, config.rules().calendarText()), state, new EmbeddedRocksDBStateBackend());
    }

    /** One of several subtasks that go on from the state of a single one. */
    static IncidentHarness rescaled(DetectorConfig config, OperatorSubtaskState state, int subtasks, int subtask)
            throws Exception {
        return new IncidentHarness(
                new IncidentSettings(config, config.rules().calendarText()),
                KnownFeedback.NONE,
                AbstractStreamOperatorTestHarness.repartitionOperatorState(state, SUBTASKS, 1, subtasks, subtask),
                new HashMapStateBackend(),
                subtasks,
                subtask);
    }

    /** One of several subtasks that knows judgements when it starts. */
    static IncidentHarness withFeedback(
            DetectorConfig config,
            List<Feedback> feedback,
            @Nullable OperatorSubtaskState state,
            int subtasks,
            int subtask)
            throws Exception {
        return new IncidentHarness(
                new IncidentSettings(config, config.rules().calendarText()),
                () -> TestingFeedback.placed(feedback),
                state == null
                        ? null
                        : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, SUBTASKS, 1, subtasks, subtask),
                new HashMapStateBackend(),
                subtasks,
                subtask);
    }

    private IncidentHarness(IncidentSettings settings, @Nullable OperatorSubtaskState state, StateBackend backend)
            throws Exception {
        this(settings, KnownFeedback.NONE, state, backend, 1, 0);
    }

    private IncidentHarness(
            IncidentSettings settings,
            KnownFeedback feedback,
            @Nullable OperatorSubtaskState state,
            StateBackend backend,
            int subtasks,
            int subtask)
            throws Exception {
        this.subtasks = subtasks;
        this.subtask = subtask;
        operator = new IncidentOperator(settings, feedback);
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                operator,
                Score::entity,
                Types.STRING,
                new MockEnvironmentBuilder()
                        .setMetricGroup(metrics.group())
                        .setMaxParallelism(SUBTASKS)
                        .setParallelism(subtasks)
                        .setSubtaskIndex(subtask)
                        .build());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setStateBackend(backend);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    void send(Score score) throws Exception {
        harness.processElement(score, score.eventTime());
    }

    /** Returns whether the entity belongs to this subtask. */
    boolean owns(String entity) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(entity, SUBTASKS, subtasks) == subtask;
    }

    /** Tells the operator a judgement that was just written. */
    void tell(long offset, Feedback feedback) {
        operator.handleOperatorEvent(TestingFeedback.news(offset, feedback));
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    void processingTime(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    int states() {
        return harness.numKeyedStateEntries();
    }

    /** Entries in the wheel of deadlines. */
    int deadlines() {
        return operator.scheduledChecks();
    }

    TestingMetrics metrics() {
        return metrics;
    }

    int eventTimers() {
        return harness.numEventTimeTimers();
    }

    /** The scores that came out since the last call. */
    List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        while (!harness.getOutput().isEmpty()) {
            if (harness.getOutput().poll() instanceof StreamRecord<?> record) {
                scores.add((Score) record.getValue());
            }
        }
        return scores;
    }

    /** Returns the messages on the side output since the last call. */
    List<IncidentSignal> signals() {
        List<IncidentSignal> signals = new ArrayList<>();
        Queue<StreamRecord<IncidentSignal>> queue = harness.getSideOutput(IncidentOperator.SIGNALS);
        while (queue != null && !queue.isEmpty()) {
            signals.add(queue.poll().getValue());
        }
        return signals;
    }

    /** Returns the incident reports since the last call. */
    List<Incident> reports() {
        List<Incident> reports = new ArrayList<>();
        for (IncidentSignal signal : signals()) {
            if (signal instanceof IncidentReport report) {
                reports.add(report.incident());
            }
        }
        return reports;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
