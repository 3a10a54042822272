package dev.noether.flink.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.incident.IncidentSignal.FeatureState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
