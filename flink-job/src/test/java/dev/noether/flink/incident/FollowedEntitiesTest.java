package dev.noether.flink.incident;

import static dev.noether.flink.incident.TestingScores.SECOND;
import static dev.noether.flink.incident.TestingScores.anomalous;
import static dev.noether.flink.incident.TestingScores.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** How many entities are followed, and what is known of their rates of alarms. */
class FollowedEntitiesTest {
    private static final int MOST = 320;

    @Test
    void aStormOfNewNamesLeavesStateAndDeadlinesFlat() throws Exception {
        try (IncidentHarness harness = new IncidentHarness(most(MOST), null)) {
            for (int i = 0; i < 30_000; i++) {
                harness.send(normal("pod-" + i, i * SECOND));
                assertThat(harness.states()).isLessThanOrEqualTo(MOST);
                // Twice the limit, and those who come until room is made again.
                assertThat(harness.deadlines()).isLessThanOrEqualTo(2 * MOST + MOST / 32 + 1);
            }
            assertThat(harness.metrics().gauge("entities")).isEqualTo(harness.states());
            assertThat(harness.metrics().counter("entitiesEvicted")).isEqualTo(30_000 - harness.states());
            assertThat(harness.states()).isBetween(MOST - MOST / 32, MOST);
        }
    }

    @Test
    void anEvictionResolvesTheOpenIncidents() throws Exception {
        try (IncidentHarness harness = new IncidentHarness(most(MOST), null)) {
            for (int i = 0; i < 20; i++) {
                harness.send(normal("quiet", i * SECOND));
            }
            harness.watermark(60 * SECOND);
            harness.send(anomalous("broken", 61 * SECOND, 7));
            assertThat(harness.reports())
                    .extracting(Incident::entity, Incident::state)
                    .containsExactly(tuple("quiet", IncidentState.OPENED), tuple("broken", IncidentState.OPENED));
            assertThat(harness.metrics().gauge("incidentsOpen")).isEqualTo(2);
            List<Incident> reports = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                harness.send(normal("pod-" + i, 62 * SECOND + i));
                reports.addAll(harness.reports());
            }
            assertThat(reports)
                    .hasSize(2)
                    .allSatisfy(report -> assertThat(report.state()).isEqualTo(IncidentState.RESOLVED));
            assertThat(reports)
                    .anySatisfy(report -> assertThat(report.description())
                            .endsWith("; no longer tracked, because there are more than `entities.max` entities"));
            assertThat(harness.metrics().gauge("incidentsOpen")).isZero();
            // The deadlines of those who are gone say nothing any more.
            harness.watermark(100_000 * SECOND);
            assertThat(harness.reports()).allMatch(report -> report.entity().startsWith("pod-"));
        }
    }

    @Test
    void aBackendThatStoresBytesForgetsTheSame() throws Exception {
        List<List<Incident>> said = new ArrayList<>();
        for (boolean onRocksDb : new boolean[] {false, true}) {
            try (IncidentHarness harness =
                    onRocksDb ? IncidentHarness.onRocksDb(most(64), null) : new IncidentHarness(most(64), null)) {
                for (int i = 0; i < 600; i++) {
                    harness.send(i % 7 == 0 ? anomalous("pod-" + i, i * SECOND, 6) : normal("pod-" + i, i * SECOND));
                }
                assertThat(harness.metrics().counter("entitiesEvicted"))
                        .isEqualTo(600 - (long) harness.metrics().gauge("entities"));
                assertThat(harness.metrics().gauge("entities")).isBetween(62.0, 64.0);
                assertThat(harness.deadlines()).isLessThanOrEqualTo(2 * 64 + 3);
                said.add(harness.reports());
            }
        }
        assertThat(said.get(0)).hasSizeGreaterThan(100);
        assertThat(said.get(1)).containsExactlyInAnyOrderElementsOf(said.get(0));
    }

    @Test
    void aRestoreKnowsHowManyThereAre() throws Exception {
        OperatorSubtaskState state;
        try (IncidentHarness harness = new IncidentHarness(most(MOST), null)) {
            for (int i = 0; i < MOST; i++) {
                harness.send(normal("pod-" + i, i * SECOND));
            }
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(most(32), state)) {
            harness.send(normal("pod-0", MOST * SECOND));
            assertThat(harness.states()).isEqualTo(31);
            assertThat(harness.metrics().counter("entitiesEvicted")).isEqualTo(MOST - 31);
        }
    }

    @Test
    void alarmRatesAreComparedWithTheBudgetAlsoAfterARestore() throws Exception {
        DetectorConfig config =
                TestingScores.config().with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per P1D"));
        OperatorSubtaskState state;
        try (IncidentHarness harness = new IncidentHarness(config, null)) {
            for (int e = 0; e < 100; e++) {
                harness.send(normal("e" + e, 0));
            }
            for (int i = 1; i <= 12; i++) {
                harness.send(anomalous("e7", i * SECOND, 6));
            }
            for (int i = 1; i <= 3; i++) {
                harness.send(anomalous("e8", i * SECOND, 6));
            }
            rates(harness);
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(config, state)) {
            harness.send(normal("e9", 13 * SECOND));
            rates(harness);
        }
    }

    private static void rates(IncidentHarness harness) {
        assertThat(harness.metrics().gauge("entitiesOverTwiceBudget")).isEqualTo(2);
        assertThat(harness.metrics().gauge("entitiesOverTenTimesBudget")).isEqualTo(1);
        assertThat(harness.metrics().gauge("entityAlarmRatioMedian")).isZero();
        assertThat(harness.metrics().gauge("entityAlarmRatioP99")).isBetween(2.9, 3.1);
        assertThat(harness.metrics().gauge("entityAlarmRatioMax")).isBetween(11.6, 12.4);
        assertThat(harness.metrics().value("entitiesAlarmingMost")).isEqualTo("e7 12.0, e8 3.0");
    }

    private static DetectorConfig most(int entities) {
        return TestingScores.config().with(EntitySection.MAX, entities);
    }
}
