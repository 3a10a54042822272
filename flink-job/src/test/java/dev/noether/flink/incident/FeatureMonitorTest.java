package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.incident.IncidentSignal.FeatureState;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The incident operator reports features that its entities lack. */
class FeatureMonitorTest {
    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_000_000L;

    @Test
    void aFeatureThatDisappearsFromAllEntitiesIsReportedOnceAndItsReturnToo() throws Exception {
        try (IncidentHarness harness = new IncidentHarness(IncidentSettings.of(TestingScores.config()), null)) {
            for (int minute = 0; minute < 100; minute++) {
                boolean isGone = minute >= 50 && minute < 80;
                for (int host = 0; host < 5; host++) {
                    long time = START + minute * MINUTE + host;
                    harness.send(score("host-" + host, time, isGone ? List.of("latency") : List.of()));
                }
                harness.watermark(START + minute * MINUTE);
            }
            List<FeatureState> states = states(harness);
            assertThat(states.stream().filter(FeatureState::isMissing))
                    .isNotEmpty()
                    .allMatch(
                            state -> state.feature().equals("latency") && state.eventTime() == START + 49 * MINUTE + 4);
            assertThat(states.get(states.size() - 1).isMissing()).isFalse();
            assertThat(states.get(states.size() - 1).eventTime()).isBetween(START + 80 * MINUTE, START + 81 * MINUTE);
        }
    }

    /** One host of five, or all of them, do not report the latency for half an hour. */
    @ParameterizedTest
    @CsvSource({"1, false", "5, false", "1, true"})
    void aFeatureOfOneEntityIsAnIncidentOfThatEntity(int hosts, boolean isRestarted) throws Exception {
        IncidentSettings settings = IncidentSettings.of(TestingScores.config());
        IncidentHarness harness = new IncidentHarness(settings, null);
        List<Incident> reports = new ArrayList<>();
        for (int minute = 0; minute < 120; minute++) {
            for (int host = 0; host < 5; host++) {
                boolean isGone = minute >= 50 && minute < 80 && host < hosts;
                long time = START + minute * MINUTE + host;
                harness.send(score("host-" + host, time, isGone ? List.of("latency") : List.of()));
            }
            harness.watermark(START + minute * MINUTE);
            reports.addAll(harness.reports());
            if (isRestarted && minute % 25 == 24) {
                OperatorSubtaskState state = harness.snapshot();
                harness.close();
                harness = new IncidentHarness(settings, state);
            }
        }
        harness.close();
        if (hosts == 5) {
            assertThat(reports).as("one incident for all, of another operator").isEmpty();
            return;
        }
        assertThat(reports).extracting(Incident::entity).containsExactly("host-0", "host-0");
        assertThat(reports).extracting(Incident::kind).containsOnly(IncidentKind.SILENCE);
        assertThat(reports.get(0).description())
                .startsWith("host-0: no value of the feature latency since 2023-11-14T23:02:20Z");
        assertThat(reports.get(1).description()).isEqualTo("host-0: all its features are reported again, after 31 min");
    }

    @Test
    void afterAStartEachFeatureThatIsThereIsReportedSoThatAnOldIncidentEnds() throws Exception {
        try (IncidentHarness harness = new IncidentHarness(IncidentSettings.of(TestingScores.config()), null)) {
            harness.send(score("host", START, List.of()));
            harness.watermark(START);
            harness.send(score("host", START + 1, List.of()));
            harness.watermark(START + 1);
            assertThat(states(harness))
                    .containsExactly(
                            new FeatureState(0, 1, "cpu", false, START),
                            new FeatureState(0, 1, "latency", false, START));
        }
    }

    private static List<FeatureState> states(IncidentHarness harness) {
        List<FeatureState> states = new ArrayList<>();
        for (IncidentSignal signal : harness.signals()) {
            if (signal instanceof FeatureState state) {
                states.add(state);
            }
        }
        return states;
    }

    private static Score score(String entity, long time, List<String> imputed) {
        return new Score(
                "fleet",
                entity,
                time,
                time + 1,
                0,
                time,
                Verdict.NORMAL,
                null,
                1,
                0.5,
                5,
                List.of(),
                imputed,
                7,
                1,
                null);
    }
}
