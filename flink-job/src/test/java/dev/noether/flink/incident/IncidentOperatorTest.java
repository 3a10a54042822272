package dev.noether.flink.incident;

import static dev.noether.flink.incident.TestingScores.SECOND;
import static dev.noether.flink.incident.TestingScores.anomalous;
import static dev.noether.flink.incident.TestingScores.normal;
import static dev.noether.flink.incident.TestingScores.ofLatency;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.RuleSection;
import dev.noether.flink.incident.IncidentSignal.FlowState;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentOperatorTest {
    private static final long QUIET = TestingScores.QUIET.toMillis();

    @Test
    void scoresPassAsTheyAreAndAnIncidentOpensAndEnds() throws Exception {
        try (IncidentHarness harness = harness(TestingScores.config())) {
            List<Score> sent = List.of(
                    normal("a", 0),
                    anomalous("a", SECOND, 6),
                    normal("b", SECOND),
                    Score.unscored("fleet", "c", SECOND, 0, 1, UnscoredReason.WARM_UP),
                    anomalous("a", 2 * SECOND, 9.5));
            for (Score score : sent) {
                harness.send(score);
            }
            assertThat(harness.scores()).isEqualTo(sent);
            assertThat(harness.reports())
                    .extracting(Incident::state)
                    .containsExactly(IncidentState.OPENED, IncidentState.UPDATED);
            assertThat(harness.states()).isEqualTo(3);
            harness.watermark(QUIET);
            assertThat(harness.reports()).isEmpty();
            harness.watermark(3 * QUIET);
            assertThat(harness.reports()).singleElement().satisfies(report -> {
                assertThat(report.state()).isEqualTo(IncidentState.RESOLVED);
                assertThat(report.entity()).isEqualTo("a");
                assertThat(report.count()).isEqualTo(2);
            });
            assertThat(harness.eventTimers()).isZero();
        }
    }

    @Test
    void aRestoreChangesNoReport() throws Exception {
        for (int cut = 1; cut < 60; cut += 7) {
            assertThat(run(cut)).as("restored after step %d", cut).isEqualTo(run(-1));
        }
        assertThat(run(-1)).extracting(Incident::kind).contains(IncidentKind.SILENCE, IncidentKind.ANOMALY);
        assertThat(run(-1)).hasSizeGreaterThan(10);
    }

    @Test
    void aBackendThatStoresBytesGivesTheSameReports() throws Exception {
        List<Incident> expected = run(-1);
        assertThat(run(-1, IncidentHarness::onRocksDb)).isEqualTo(expected);
        assertThat(run(29, IncidentHarness::onRocksDb)).as("restored").isEqualTo(expected);
    }

    private static List<Incident> run(int cut) throws Exception {
        return run(cut, IncidentHarness::new);
    }

    /** Twenty entities, of which some break and one falls silent; restored after a step, or never. */
    private static List<Incident> run(int cut, Start start) throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<Incident> reports = new ArrayList<>();
        IncidentHarness harness = start.from(TestingScores.config(), null);
        for (int step = 0; step < 60; step++) {
            for (int entity = 0; entity < 20; entity++) {
                long time = step * 10 * SECOND + entity;
                boolean broken = random.nextInt(40) == 0;
                if (entity != 3 || step < 30) {
                    harness.send(broken ? anomalous("e" + entity, time, 5 + step / 10.0) : normal("e" + entity, time));
                }
            }
            harness.watermark(step * 10 * SECOND);
            reports.addAll(harness.reports());
            if (step == cut) {
                OperatorSubtaskState state = harness.snapshot();
                harness.close();
                harness = start.from(TestingScores.config(), state);
            }
        }
        harness.close();
        return reports;
    }

    /** Makes a harness, from a state if there is one. */
    private interface Start {
        IncidentHarness from(DetectorConfig config, @Nullable OperatorSubtaskState state) throws Exception;
    }

    @Test
    void whoFellSilentBeforeARestoreIsReportedAfterIt() throws Exception {
        OperatorSubtaskState state;
        try (IncidentHarness harness = harness(TestingScores.config())) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", i * 10 * SECOND));
            }
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), state)) {
            harness.watermark(190 * SECOND + 30 * SECOND);
            assertThat(harness.reports()).singleElement().satisfies(report -> {
                assertThat(report.kind()).isEqualTo(IncidentKind.SILENCE);
                assertThat(report.start()).isEqualTo(190 * SECOND);
            });
        }
    }

    /** A fleet of 50 is stopped and started while its source pauses; one of them was silent before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aRestoreWhileTheSourcePausesMakesNobodySilent(int subtasks) throws Exception {
        DetectorConfig config = TestingScores.config();
        OperatorSubtaskState state;
        try (IncidentHarness harness = harness(config)) {
            for (int step = 0; step < 60; step++) {
                for (int entity = 0; entity < 50; entity++) {
                    if (entity != 3 || step < 58) {
                        harness.send(normal("e" + entity, step * 10 * SECOND));
                    }
                }
                harness.watermark(step * 10 * SECOND);
            }
            assertThat(harness.reports()).isEmpty();
            state = harness.snapshot();
        }
        List<Incident> reports = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (IncidentHarness harness = IncidentHarness.rescaled(config, state, subtasks, subtask)) {
                for (int step = 400; step < 440; step++) {
                    for (int entity = 0; entity < 50; entity++) {
                        String name = "e" + entity;
                        int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                name, IncidentHarness.SUBTASKS, subtasks);
                        if (entity != 3 && owner == subtask) {
                            harness.send(normal(name, step * 10 * SECOND));
                        }
                    }
                    harness.watermark(step * 10 * SECOND);
                }
                reports.addAll(harness.reports());
            }
        }
        assertThat(reports).extracting(Incident::entity).containsExactly("e3");
    }

    /** A third of the fleet has reported again: their tracks alone do not say that the others paused too. */
    @Test
    void aRestoreJustAfterAPauseKeepsThePause() throws Exception {
        DetectorConfig config = TestingScores.config();
        long again = 400 * 10 * SECOND;
        OperatorSubtaskState state;
        try (IncidentHarness harness = harness(config)) {
            for (int step = 0; step < 60; step++) {
                for (int entity = 0; entity < 50; entity++) {
                    harness.send(normal("e" + entity, step * 10 * SECOND));
                }
                harness.watermark(step * 10 * SECOND);
            }
            for (int entity = 0; entity < 16; entity++) {
                harness.send(normal("e" + entity, again));
            }
            assertThat(harness.reports()).isEmpty();
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(config, state)) {
            harness.watermark(again);
            for (int step = 400; step < 440; step++) {
                for (int entity = 0; entity < 50; entity++) {
                    harness.send(normal("e" + entity, step * 10 * SECOND + 1));
                }
                harness.watermark(step * 10 * SECOND + 1);
            }
            assertThat(harness.reports()).isEmpty();
        }
    }

    @Test
    void aTrackOfAnImpossibleTimeIsFollowedFromNowOn() throws Exception {
        long now = System.currentTimeMillis();
        long future = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        OperatorSubtaskState state;
        try (IncidentHarness harness = harness(TestingScores.config())) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", future + i * 10 * SECOND));
            }
            harness.send(anomalous("a", future + 200 * SECOND, 6));
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), state)) {
            assertThat(harness.reports()).extracting(Incident::state).containsExactly(IncidentState.RESOLVED);
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", now + (i + 1) * 10 * SECOND));
            }
            harness.watermark(now + 300 * SECOND);
            assertThat(harness.reports()).extracting(Incident::kind).containsExactly(IncidentKind.SILENCE);
        }
    }

    @Test
    void aClockThatIsSetBackIsFollowed() throws Exception {
        try (IncidentHarness harness = harness(TestingScores.config())) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", i * 10 * SECOND));
            }
            harness.send(normal("a", 40_000 * SECOND));
            harness.reports();
            for (int i = 20; i < 40; i++) {
                harness.send(normal("a", i * 10 * SECOND));
            }
            assertThat(harness.metrics().counter("clockResets")).isEqualTo(1);
            harness.watermark(500 * SECOND);
            assertThat(harness.reports()).extracting(Incident::state).containsExactly(IncidentState.OPENED);
        }
    }

    @Test
    void theEndOfTheInputIsNobodysSilence() throws Exception {
        try (IncidentHarness harness = harness(TestingScores.config())) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", i * 10 * SECOND));
            }
            harness.watermark(Long.MAX_VALUE);
            assertThat(harness.reports()).isEmpty();
        }
    }

    @Test
    void anEntityThatIsForgottenLeavesNothing() throws Exception {
        DetectorConfig config = TestingScores.config().with(IncidentSection.FORGET_AFTER, Duration.ofHours(1));
        try (IncidentHarness harness = harness(config)) {
            for (int i = 0; i < 20; i++) {
                harness.send(anomalous("a", i * 10 * SECOND, 6));
            }
            harness.send(normal("b", 4_000 * SECOND));
            harness.watermark(4_000 * SECOND);
            assertThat(harness.states()).isEqualTo(1);
            List<Incident> reports = harness.reports();
            assertThat(reports.stream().filter(report -> report.state() == IncidentState.OPENED))
                    .hasSize(2);
            assertThat(reports.stream().filter(report -> report.state() == IncidentState.RESOLVED))
                    .hasSize(2);
        }
    }

    @Test
    void aRuleSuppressesTheScoreAndTheIncidentWithItsReason() throws Exception {
        try (IncidentHarness harness = harness(TestingScores.config().with(RuleSection.ONLY_UP, List.of("latency")))) {
            harness.send(ofLatency("a", 0, 1, 50));
            String reason = "direction: latency fell, only its rise counts";
            assertThat(harness.scores()).singleElement().satisfies(score -> {
                assertThat(score.suppressed()).isEqualTo(reason);
                assertThat(score).isEqualTo(ofLatency("a", 0, 1, 50).suppressedBy(reason));
            });
            assertThat(harness.reports())
                    .singleElement()
                    .satisfies(report -> assertThat(report.suppressed()).isEqualTo(reason));
            harness.send(ofLatency("b", 0, 50, 1));
            assertThat(harness.scores())
                    .singleElement()
                    .satisfies(score -> assertThat(score.suppressed()).isNull());
            assertThat(harness.reports())
                    .singleElement()
                    .satisfies(report -> assertThat(report.suppressed()).isNull());
        }
    }

    @Test
    void maintenanceSuppressesAnomaliesAndSilence() throws Exception {
        String calendar = String.join(
                "\r\n",
                "BEGIN:VCALENDAR",
                "BEGIN:VEVENT",
                "SUMMARY:upgrade",
                "DTSTART:19700101T000000Z",
                "DURATION:PT1H",
                "X-NOETHER-ENTITIES:a",
                "END:VEVENT",
                "END:VCALENDAR",
                "");
        try (IncidentHarness harness =
                new IncidentHarness(new IncidentSettings(TestingScores.config(), calendar), null)) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("a", i * 10 * SECOND));
                harness.send(normal("b", i * 10 * SECOND));
            }
            harness.send(anomalous("a", 200 * SECOND, 6));
            harness.send(anomalous("b", 200 * SECOND, 6));
            harness.watermark(250 * SECOND);
            List<Incident> reports = harness.reports();
            assertThat(reports).hasSize(4);
            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.suppressed())
                            .isEqualTo(report.entity().equals("a") ? "maintenance: upgrade" : null));
        }
    }

    @Test
    void reportsWhenScoresStopAndWhenTheyArriveAgain() throws Exception {
        DetectorConfig config = TestingScores.config().with(IncidentSection.STALL_AFTER, Duration.ofSeconds(10));
        try (IncidentHarness harness = harness(config)) {
            harness.processingTime(1);
            harness.send(normal("a", 5_000));
            assertThat(harness.signals()).containsExactly(new FlowState(0, 1, false, 5_000));
            harness.processingTime(9_999);
            assertThat(harness.signals()).isEmpty();
            harness.send(normal("a", 6_000));
            for (long time = 10_000; time < 20_000; time += 1_000) {
                harness.processingTime(time);
            }
            assertThat(harness.signals()).isEmpty();
            for (long time = 20_000; time <= 26_000; time += 1_000) {
                harness.processingTime(time);
            }
            assertThat(harness.signals()).isNotEmpty().containsOnly(new FlowState(0, 1, true, 6_000));
            harness.send(normal("a", 7_000));
            assertThat(harness.signals()).containsExactly(new FlowState(0, 1, false, 7_000));
        }
    }

    private static IncidentHarness harness(DetectorConfig config) throws Exception {
        return new IncidentHarness(config, null);
    }
}
