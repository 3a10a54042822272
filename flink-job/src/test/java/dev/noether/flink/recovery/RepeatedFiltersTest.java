package dev.noether.flink.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operators that drop what was committed before a recovery. */
class RepeatedFiltersTest {
    private static final long SLACK = 100;

    private record Result(int partition, long offset) {}

    private static final class ResultPlace implements RepeatedRecordFilter.Place<Result> {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(Result result) {
            return result.partition();
        }

        @Override
        public long offset(Result result) {
            return result.offset();
        }
    }

    @Test
    void dropsCommittedResultsAlsoAfterARestartAndForgetsThemWhenTheyArePassed() throws Exception {
        CommittedOffsets committed = new CommittedOffsets(
                Map.of(0, new OffsetRanges.Builder().add(10, 20).add(30, 40).build(), 2, OffsetRanges.of(0, 5)));
        OperatorSubtaskState state;
        try (var harness = open(new RepeatedRecordFilter<>(new ResultPlace(), committed), null)) {
            assertThat(pass(harness, 0, 9, 10, 19, 20, 29, 30)).containsExactly(9L, 20L, 29L);
            assertThat(pass(harness, 1, 3)).containsExactly(3L);
            assertThat(pass(harness, 2, 4)).isEmpty();
            state = harness.snapshot(1, 1);
        }
        RepeatedRecordFilter<Result> without = new RepeatedRecordFilter<>(new ResultPlace(), CommittedOffsets.NONE);
        try (var harness = open(without, state)) {
            assertThat(pass(harness, 0, 31, 39, 40)).containsExactly(40L);
            assertThat(pass(harness, 2, 3)).isEmpty();
            state = harness.snapshot(2, 2);
        }
        try (var harness = open(without, state)) {
            assertThat(pass(harness, 0, 39)).as("of a passed partition").containsExactly(39L);
            assertThat(pass(harness, 2, 3, 5)).containsExactly(5L);
            harness.snapshot(3, 3);
            assertThat(pass(harness, 2, 3)).as("passed").containsExactly(3L);
        }
    }

    @Test
    void withoutAPlanEverythingPasses() throws Exception {
        try (var harness = open(new RepeatedRecordFilter<>(new ResultPlace(), CommittedOffsets.NONE), null)) {
            assertThat(pass(harness, 0, 0, 1, 0)).containsExactly(0L, 1L, 0L);
        }
    }

    @Test
    void anIncidentIsOpenedAndResolvedOnceAlsoAfterARestart() throws Exception {
        Map<String, IncidentProgress> known = Map.of(
                "open", progress(incident("open", IncidentState.UPDATED, 50)),
                "over", progress(incident("over", IncidentState.RESOLVED, 60)));
        OperatorSubtaskState state;
        try (var harness = open(new RepeatedIncidentFilter(new KnownIncidents(known, false), SLACK), null)) {
            assertThat(say(harness, incident("open", IncidentState.OPENED, 40))).isEmpty();
            assertThat(say(harness, incident("over", IncidentState.OPENED, 40))).isEmpty();
            assertThat(say(harness, incident("new", IncidentState.OPENED, 45))).hasSize(1);
            state = harness.snapshot(1, 1);
        }
        try (var harness = open(new RepeatedIncidentFilter(KnownIncidents.NONE, SLACK), state)) {
            assertThat(say(harness, incident("open", IncidentState.UPDATED, 50)))
                    .isEmpty();
            assertThat(say(harness, incident("open", IncidentState.UPDATED, 55)))
                    .hasSize(1);
            assertThat(say(harness, incident("over", IncidentState.RESOLVED, 60)))
                    .isEmpty();
            assertThat(say(harness, incident("open", IncidentState.RESOLVED, 70)))
                    .hasSize(1);
            assertThat(say(harness, incident("open", IncidentState.RESOLVED, 70)))
                    .isEmpty();
            harness.processWatermark(1_000);
            assertThat(records(harness)).isEmpty();
        }
    }

    @Test
    void anOpenIncidentThatAnEmptyStateDoesNotFindAgainIsResolved() throws Exception {
        Map<String, IncidentProgress> known = Map.of(
                "gone", progress(incident("gone", IncidentState.OPENED, 50)),
                "again", progress(incident("again", IncidentState.OPENED, 50)));
        try (var harness = open(new RepeatedIncidentFilter(new KnownIncidents(known, true), SLACK), null)) {
            assertThat(say(harness, incident("again", IncidentState.OPENED, 50)))
                    .isEmpty();
            harness.processWatermark(50 + SLACK);
            assertThat(records(harness)).isEmpty();
            harness.processWatermark(51 + SLACK);
            assertThat(records(harness)).singleElement().satisfies(incident -> {
                assertThat(incident.id()).isEqualTo("gone");
                assertThat(incident.state()).isEqualTo(IncidentState.RESOLVED);
            });
        }
        try (var harness = open(new RepeatedIncidentFilter(new KnownIncidents(known, false), SLACK), null)) {
            harness.processWatermark(1_000);
            assertThat(records(harness)).as("the restored state holds it").isEmpty();
        }
    }

    private static <T> OneInputStreamOperatorTestHarness<T, T> open(
            OneInputStreamOperator<T, T> filter, @Nullable OperatorSubtaskState state) throws Exception {
        OneInputStreamOperatorTestHarness<T, T> harness = new OneInputStreamOperatorTestHarness<>(filter);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static List<Long> pass(
            OneInputStreamOperatorTestHarness<Result, Result> harness, int partition, long... offsets)
            throws Exception {
        for (long offset : offsets) {
            harness.processElement(new Result(partition, offset), 0);
        }
        List<Long> passed = records(harness).stream().map(Result::offset).toList();
        return passed;
    }

    private static List<Incident> say(OneInputStreamOperatorTestHarness<Incident, Incident> harness, Incident incident)
            throws Exception {
        harness.processElement(incident, incident.time());
        return records(harness);
    }

    private static <T> List<T> records(OneInputStreamOperatorTestHarness<T, T> harness) {
        List<T> records = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return records;
    }

    private static IncidentProgress progress(Incident incident) {
        return IncidentProgress.after(null, incident, new IncidentCodec().encode(incident));
    }

    private static Incident incident(String id, IncidentState state, long time) {
        return new Incident(
                new IncidentIdentity("d", id, "host", IncidentKind.ANOMALY),
                state,
                Severity.LOW,
                new IncidentTimes(10, time, time),
                new IncidentPeak(1, 10, 0.1, 0.5, 1),
                1,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, "It broke."),
                new IncidentGroup(null, List.of(), 0),
                null);
    }
}
