package dev.noether.flink.incident;

import static dev.noether.flink.incident.TestingScores.SECOND;
import static dev.noether.flink.incident.TestingScores.anomalous;
import static dev.noether.flink.incident.TestingScores.normal;
import static dev.noether.flink.incident.TestingScores.stuck;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A value that no longer moves becomes an incident, though no score is anomalous. */
class StuckIncidentTest {
    @Test
    void opensOnceAndEndsWhenTheValueHasMovedForAWhile() throws Exception {
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), null)) {
            for (int i = 13; i < 63; i++) {
                Score sent = stuck("a", i * SECOND, i);
                harness.send(sent);
                assertThat(harness.scores()).containsExactly(sent);
            }
            assertThat(harness.reports()).singleElement().satisfies(report -> {
                assertThat(report.state()).isEqualTo(IncidentState.OPENED);
                assertThat(report.kind()).isEqualTo(IncidentKind.ANOMALY);
                assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.STUCK);
                assertThat(report.severity()).isEqualTo(Severity.MEDIUM);
                assertThat(report.peak().score()).isNaN();
                assertThat(report.peak().threshold()).isNaN();
                assertThat(report.peak().pValue()).isEqualTo(Math.pow(2, -13));
                assertThat(report.diagnosis().causes())
                        .extracting(Cause::feature)
                        .containsExactly("cpu");
                assertThat(report.description())
                        .isEqualTo("a: cpu is stuck at 42 for 13 observations, which is unusually long,"
                                + " expected 50 (usual range 10 to 90); since 1970-01-01T00:00:13Z");
            });
            assertThat(harness.metrics().gauge("entityAlarmRatioMax")).isBetween(0.96, 1.04);
            for (int i = 63; i < 130; i++) {
                harness.send(normal("a", i * SECOND));
            }
            assertThat(harness.reports()).singleElement().satisfies(report -> {
                assertThat(report.state()).isEqualTo(IncidentState.RESOLVED);
                assertThat(report.count()).isEqualTo(50);
                assertThat(report.description()).contains("is stuck at 42 for 62 observations");
            });
        }
    }

    @Test
    void anAnomalyThatComesOnTopBelongsToItAndIsNews() throws Exception {
        OperatorSubtaskState state;
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), null)) {
            harness.send(stuck("a", 0, 13));
            harness.reports();
            state = harness.snapshot();
        }
        try (IncidentHarness harness = new IncidentHarness(TestingScores.config(), state)) {
            harness.send(anomalous("a", SECOND, 6.5));
            assertThat(harness.reports()).singleElement().satisfies(report -> {
                assertThat(report.state()).isEqualTo(IncidentState.UPDATED);
                assertThat(report.start()).isZero();
                assertThat(report.peak().score()).isEqualTo(6.5);
                assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.STUCK);
            });
        }
    }

    @Test
    void maintenanceSuppressesIt() throws Exception {
        String calendar = String.join(
                "\r\n",
                "BEGIN:VCALENDAR",
                "BEGIN:VEVENT",
                "SUMMARY:upgrade",
                "DTSTART:19700101T000000Z",
                "DURATION:PT1H",
                "END:VEVENT",
                "END:VCALENDAR",
                "");
        try (IncidentHarness harness =
                new IncidentHarness(new IncidentSettings(TestingScores.config(), calendar), null)) {
            harness.send(stuck("a", 0, 13));
            List<Incident> reports = harness.reports();
            assertThat(reports).singleElement().extracting(Incident::suppressed).isEqualTo("maintenance: upgrade");
        }
    }
}
