package dev.noether.incident.anomaly;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.tracker.TrackerHarness;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import org.junit.jupiter.api.Test;

class ShapeRecognizerTest {
    private final TrackerHarness harness = new TrackerHarness();

    @Test
    void level() {
        for (int i = 0; i < 10; i++) {
            add(i, feature("cpu", 100, 99.5f + i % 2, 12.5f));
        }
        Incident report = over();
        assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.LEVEL);
        assertThat(report.description())
                .isEqualTo("a: cpu stays at 99.5, expected 12.5 (usual range 11.5 to 13.5); over after 9 s");
    }

    @Test
    void spike() {
        add(0, feature("cpu", 100, 99.5f, 12.5f));
        assertThat(harness.reports.get(0).description())
                .isEqualTo("a: cpu is 99.5, expected 12.5 (usual range 11.5 to 13.5); since 1970-01-01T00:00:00Z");
        Incident report = over();
        assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.SPIKE);
        assertThat(report.description()).startsWith("a: cpu jumped to 99.5 for one observation, expected 12.5");
    }

    @Test
    void stuck() {
        for (int i = 0; i < 6; i++) {
            add(i, feature("cpu", 100, 40, 40 + 10 * (float) Math.sin(i)));
        }
        assertThat(over().diagnosis().shape()).isEqualTo(BreakShape.STUCK);
    }

    @Test
    void aLevelThatDoesNotMoveAtAllWhereNothingShouldMoveIsALevel() {
        for (int i = 0; i < 6; i++) {
            add(i, feature("cpu", 100, 40, 10 + 0.1f * i));
        }
        assertThat(over().diagnosis().shape()).isEqualTo(BreakShape.LEVEL);
    }

    @Test
    void brokenCorrelation() {
        for (int i = 0; i < 6; i++) {
            add(
                    i,
                    new FeatureEvidence("cpu", 0.5f, 50 + i, 80, 36, 10, 90),
                    new FeatureEvidence("requests", 0.4f, 700 + i, 200, 25, 100, 900),
                    new FeatureEvidence("disk", 0.1f, 5, 5, 1, 4, 6));
        }
        Incident report = over();
        assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.CORRELATION);
        assertThat(report.description())
                .startsWith("a: cpu and requests do not fit together: cpu is 50, expected 80 (usual range 10 to 90); "
                        + "requests is 700, expected 200 (usual range 100 to 900); also unusual: disk");
    }

    @Test
    void drift() {
        for (int i = 0; i < 8; i++) {
            add(i, feature("cpu", 10 + i, 14 + 3 * i, 12.5f));
        }
        Incident report = over();
        assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.DRIFT);
        assertThat(report.description()).startsWith("a: cpu drifts up to 35, expected 12.5");
    }

    @Test
    void aValueThatSwingsHasNoKnownShape() {
        for (int i = 0; i < 8; i++) {
            add(i, feature("cpu", 100, i % 2 == 0 ? 90 + i : -70, 12.5f));
        }
        assertThat(over().diagnosis().shape()).isEqualTo(BreakShape.UNKNOWN);
    }

    @Test
    void withoutFeaturesTheScoreIsDescribed() {
        add(0);
        assertThat(harness.reports.get(0).description())
                .isEqualTo("a: the anomaly score rose to 6, the threshold is 5; since 1970-01-01T00:00:00Z");
    }

    private void add(int second, FeatureEvidence... features) {
        harness.anomalous("a", evidence(second * 1_000L, 6, features));
    }

    private Incident over() {
        harness.watermark(10_000_000);
        Incident last = harness.reports.stream()
                .filter(report -> report.state() == IncidentState.RESOLVED && report.kind() == IncidentKind.ANOMALY)
                .findFirst()
                .orElseThrow();
        return last;
    }
}
