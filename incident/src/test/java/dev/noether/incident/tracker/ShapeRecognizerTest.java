package dev.noether.incident.tracker;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeRecognizerTest {
    private final TrackerHarness harness = new TrackerHarness();

    @Test
    void level() {
        for (int i = 0; i < 10; i++) {
            add(i, feature("cpu", 100, 99.5f + i % 2, 12.5f));
        }
        IncidentReport report = over();
        assertThat(report.shape()).isEqualTo(BreakShape.LEVEL);
        assertThat(report.description())
                .isEqualTo("cpu stays at 99.5, expected 12.5 (usually 11.5 to 13.5); over after 9 s");
    }

    @Test
    void spike() {
        add(0, feature("cpu", 100, 99.5f, 12.5f));
        assertThat(harness.reports.get(0).description()).isEqualTo("cpu is 99.5, expected 12.5 (usually 11.5 to 13.5)");
        IncidentReport report = over();
        assertThat(report.shape()).isEqualTo(BreakShape.SPIKE);
        assertThat(report.description()).startsWith("cpu jumped to 99.5 for one observation, expected 12.5");
    }

    @Test
    void stuck() {
        for (int i = 0; i < 6; i++) {
            add(i, feature("cpu", 100, 40, 40 + 10 * (float) Math.sin(i)));
        }
        assertThat(over().shape()).isEqualTo(BreakShape.STUCK);
    }

    @Test
    void aLevelThatDoesNotMoveAtAllWhereNothingShouldMoveIsALevel() {
        for (int i = 0; i < 6; i++) {
            add(i, feature("cpu", 100, 40, 10 + 0.1f * i));
        }
        assertThat(over().shape()).isEqualTo(BreakShape.LEVEL);
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
        IncidentReport report = over();
        assertThat(report.shape()).isEqualTo(BreakShape.CORRELATION);
        assertThat(report.description())
                .startsWith("cpu and requests no longer go together: cpu is 50, expected 80 (usually 10 to 90); "
                        + "requests is 700, expected 200 (usually 100 to 900); also disk");
    }

    @Test
    void drift() {
        for (int i = 0; i < 8; i++) {
            add(i, feature("cpu", 10 + i, 14 + 3 * i, 12.5f));
        }
        IncidentReport report = over();
        assertThat(report.shape()).isEqualTo(BreakShape.DRIFT);
        assertThat(report.description()).startsWith("cpu drifts up to 35, expected 12.5");
    }

    @Test
    void whatSwingsIsNothingOfThis() {
        for (int i = 0; i < 8; i++) {
            add(i, feature("cpu", 100, i % 2 == 0 ? 90 + i : -70, 12.5f));
        }
        assertThat(over().shape()).isEqualTo(BreakShape.UNKNOWN);
    }

    @Test
    void withoutFeaturesTheScoreSpeaks() {
        add(0);
        assertThat(harness.reports.get(0).description()).isEqualTo("the score rose to 6, above 5");
    }

    @Test
    void numbersAndDurationsReadWell() {
        assertThat(Sentences.number(99.5)).isEqualTo("99.5");
        assertThat(Sentences.number(0)).isEqualTo("0");
        assertThat(Sentences.number(1234567)).isEqualTo("1235000");
        assertThat(Sentences.number(1e-9)).isEqualTo("1E-9");
        assertThat(Sentences.number(-0.00012345)).isEqualTo("-0.0001234");
        assertThat(Sentences.duration(250)).isEqualTo("250 ms");
        assertThat(Sentences.duration(93_600_000)).isEqualTo("1 d 2 h");
        assertThat(Sentences.duration(300_001)).isEqualTo("5 min");
    }

    private void add(int second, FeatureEvidence... features) {
        harness.anomalous("a", evidence(second * 1_000L, 6, features));
    }

    private IncidentReport over() {
        harness.watermark(10_000_000);
        IncidentReport last = harness.reports.stream()
                .filter(report -> report.state() == IncidentState.RESOLVED && report.kind() == IncidentKind.ANOMALY)
                .findFirst()
                .orElseThrow();
        return last;
    }
}
