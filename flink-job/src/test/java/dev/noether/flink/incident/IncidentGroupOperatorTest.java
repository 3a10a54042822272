package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.incident.IncidentSignal.FeatureState;
import dev.noether.flink.incident.IncidentSignal.FlowState;
import dev.noether.flink.incident.IncidentSignal.IncidentReport;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentGroupOperatorTest {
    private static final IncidentSettings SETTINGS = IncidentSettings.of(TestingScores.config());

    @Test
    void manyAtOnceAreOneGroupAlsoOverARestore() throws Exception {
        List<IncidentSignal> signals = outbreak();
        List<Incident> undisturbed = run(signals, -1);
        assertThat(undisturbed.stream().filter(incident -> incident.kind() == IncidentKind.GROUP))
                .hasSize(1);
        assertThat(undisturbed.get(0).kind()).isEqualTo(IncidentKind.GROUP);
        assertThat(undisturbed.get(0).group().memberCount()).isEqualTo(100);
        assertThat(undisturbed.stream().skip(1))
                .hasSize(100)
                .allMatch(incident ->
                        undisturbed.get(0).id().equals(incident.group().id()));
        for (int cut : new int[] {0, 50, 99}) {
            assertThat(run(signals, cut)).as("restored after %d", cut).isEqualTo(undisturbed);
        }
    }

    @Test
    void noIncidentIsHeldForEverWhenEventTimeStops() throws Exception {
        try (OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(null)) {
            harness.setProcessingTime(0);
            harness.processElement(outbreak().get(0), 0);
            harness.setProcessingTime(50_000);
            assertThat(incidents(harness)).isEmpty();
            harness.setProcessingTime(60_000);
            assertThat(incidents(harness)).hasSize(1);
        }
    }

    @Test
    void anOpenStallEndsAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(null)) {
            harness.processElement(new FlowState(0, 1, true, 5_000), 0);
            assertThat(incidents(harness))
                    .singleElement()
                    .satisfies(incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.STALL));
            state = harness.snapshot(1, 1);
        }
        try (OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(state)) {
            harness.processElement(new FlowState(0, 1, false, 9_000), 0);
            assertThat(incidents(harness)).singleElement().satisfies(incident -> {
                assertThat(incident.state()).isEqualTo(IncidentState.RESOLVED);
                assertThat(incident.start()).isEqualTo(5_000);
                assertThat(incident.end()).isEqualTo(9_000);
            });
        }
    }

    @Test
    void aFeatureThatAllSubtasksLackIsOneIncidentOfTheSourceAlsoOverARestore() throws Exception {
        OperatorSubtaskState state;
        try (OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(null)) {
            harness.processElement(new FlowState(2, 3, true, Long.MIN_VALUE), 0);
            harness.processElement(new FeatureState(0, 3, "cpu", true, 5_000), 0);
            assertThat(incidents(harness)).as("another subtask may have it").isEmpty();
            harness.processElement(new FeatureState(1, 3, "cpu", true, 6_000), 0);
            harness.processElement(new FeatureState(1, 3, "cpu", true, 6_000), 0);
            assertThat(incidents(harness)).singleElement().satisfies(incident -> {
                assertThat(incident.kind()).isEqualTo(IncidentKind.STALL);
                assertThat(incident.state()).isEqualTo(IncidentState.OPENED);
                assertThat(incident.start()).isEqualTo(6_000);
                assertThat(incident.diagnosis().description())
                        .startsWith("all entities: no value of the feature cpu since 1970-01-01T00:00:06Z; ");
            });
            state = harness.snapshot(1, 1);
        }
        try (OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(state)) {
            harness.processElement(new FeatureState(1, 3, "latency", false, 8_000), 0);
            assertThat(incidents(harness)).isEmpty();
            harness.processElement(new FeatureState(1, 3, "cpu", false, 9_000), 0);
            assertThat(incidents(harness)).singleElement().satisfies(incident -> {
                assertThat(incident.state()).isEqualTo(IncidentState.RESOLVED);
                assertThat(incident.end()).isEqualTo(9_000);
            });
        }
    }

    private static List<Incident> run(List<IncidentSignal> signals, int cut) throws Exception {
        List<Incident> incidents = new ArrayList<>();
        OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness = open(null);
        for (int i = 0; i < signals.size(); i++) {
            harness.processElement(signals.get(i), signals.get(i).eventTime());
            harness.processWatermark(signals.get(i).eventTime());
            if (i == cut) {
                incidents.addAll(incidents(harness));
                OperatorSubtaskState state = harness.snapshot(1, 1);
                harness.close();
                harness = open(state);
            }
        }
        harness.processWatermark(Long.MAX_VALUE);
        incidents.addAll(incidents(harness));
        harness.close();
        return incidents;
    }

    /** A hundred entities that break within a second, as the operator before says it. */
    private static List<IncidentSignal> outbreak() throws Exception {
        List<IncidentSignal> signals = new ArrayList<>();
        try (IncidentHarness harness = new IncidentHarness(SETTINGS, null)) {
            for (int i = 0; i < 100; i++) {
                harness.send(TestingScores.anomalous("e" + i, 1_000 + i * 10, 6));
            }
            for (Incident report : harness.reports()) {
                signals.add(new IncidentReport(report));
            }
        }
        assertThat(signals).hasSize(100);
        return signals;
    }

    private static OneInputStreamOperatorTestHarness<IncidentSignal, Incident> open(
            @Nullable OperatorSubtaskState state) throws Exception {
        OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness =
                new OneInputStreamOperatorTestHarness<>(new IncidentGroupOperator(SETTINGS));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static List<Incident> incidents(OneInputStreamOperatorTestHarness<IncidentSignal, Incident> harness) {
        List<Incident> incidents = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return incidents;
    }
}
