package dev.noether.incident.anomaly;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of one anomaly incident: when it is reported again, its severity, its peak and its end. */
class AnomalyTrackerTest {
    private static final long QUIET = 60_000;
    /** The threshold of all evidence in these tests. */
    private static final double THRESHOLD = 5;

    private final List<Incident> reports = new ArrayList<>();
    private final AnomalyTracker tracker = tracker(new SeverityBands(1, 2, 4));

    private AnomalyTracker tracker(SeverityBands bands) {
        return new AnomalyTracker("fleet", new AnomalyOptions(QUIET, bands), reports::add);
    }

    @Test
    void anIncidentIsUpdatedEightTimesAndItsEndStillHasTheHighestPeak() {
        OpenAnomaly open = add(tracker, null, 0, 0.5);
        double excess = 1;
        for (int i = 1; i <= 12; i++) {
            open = add(tracker, open, i, excess);
            excess *= 2;
        }
        assertThat(reports).hasSize(1 + AnomalyTracker.MAX_UPDATES);
        assertThat(reports.get(8).peak().score()).isEqualTo(THRESHOLD + 128);
        tracker.resolve(open, "a", 100_000, "");
        Incident last = reports.get(9);
        assertThat(last.state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last.peak().score()).isEqualTo(THRESHOLD + 2048);
        assertThat(last.peak().time()).isEqualTo(12);
        assertThat(last.count()).isEqualTo(13);
    }

    @Test
    void withinOneSeverityOnlyTwiceTheReportedExcessIsReported() {
        AnomalyTracker coarse = tracker(new SeverityBands(100, 200, 400));
        OpenAnomaly open = add(coarse, null, 0, 3);
        add(coarse, open, 1, 5.9);
        assertThat(reports).hasSize(1);
        add(coarse, open, 2, 6);
        assertThat(reports).hasSize(2);
        add(coarse, open, 3, 11.9);
        assertThat(reports).hasSize(2);
        add(coarse, open, 4, 12);
        assertThat(reports).hasSize(3);
    }

    @Test
    void twiceASmallExcessIsNotReported() {
        AnomalyTracker coarse = tracker(new SeverityBands(100, 200, 400));
        OpenAnomaly open = add(coarse, null, 0, 0.25);
        add(coarse, open, 1, 0.5);
        add(coarse, open, 2, 1.125);
        assertThat(reports).hasSize(1);
        add(coarse, open, 3, 1.25);
        assertThat(reports).hasSize(2);
    }

    @Test
    void theSeverityRisesAtTheBoundsAndNeverFalls() {
        OpenAnomaly open = add(tracker, null, 0, 0.875);
        assertThat(last().severity()).isEqualTo(Severity.LOW);
        add(tracker, open, 1, 1);
        assertThat(last().severity()).isEqualTo(Severity.MEDIUM);
        add(tracker, open, 2, 2);
        assertThat(last().severity()).isEqualTo(Severity.HIGH);
        add(tracker, open, 3, 4);
        assertThat(last().severity()).isEqualTo(Severity.CRITICAL);
        add(tracker, open, 4, 0.5);
        tracker.resolve(open, "a", 100, "");
        assertThat(last().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void boundsOfSeveritiesMustRise() {
        assertThatThrownBy(() -> new SeverityBands(2, 2, 4))
                .hasMessage("severity bands must be positive, finite and rising (got 2.0, 2.0 and 4.0)");
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> new SeverityBands(bad, 2, 4)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SeverityBands(1, 2, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnomalyOptions(0, new SeverityBands(1, 2, 4)))
                .hasMessage("`quietMillis` must be at least 1 (got 0)");
    }

    @Test
    void theQuietTimeIsTenIntervalsOfASlowEntityAndTheMinimumOfAFastOne() {
        OpenAnomaly open = add(tracker, null, 1_000, 1);
        assertThat(tracker.quietUntil(open, 0)).isEqualTo(1_000 + QUIET);
        assertThat(tracker.quietUntil(open, 5_999)).isEqualTo(1_000 + QUIET);
        assertThat(tracker.quietUntil(open, 6_001)).isEqualTo(1_000 + 60_010);
        assertThat(tracker.quietUntil(open, 3_600_000)).isEqualTo(1_000 + 36_000_000);
    }

    @Test
    void lateEvidenceCountsButDoesNotMoveTheEndBack() {
        OpenAnomaly open = add(tracker, null, 10_000, 1);
        add(tracker, open, 20_000, 1);
        add(tracker, open, 15_000, 1);
        tracker.resolve(open, "a", 80_000, "");
        assertThat(last().start()).isEqualTo(10_000);
        assertThat(last().end()).isEqualTo(20_001);
        assertThat(last().time()).isEqualTo(80_000);
        assertThat(last().count()).isEqualTo(3);
    }

    @Test
    void thePeakIsThatOfTheHighestScoreWithItsOwnThresholdAndModel() {
        OpenAnomaly open = tracker.add(null, "a", new Evidence(1, 6, 5, 0.1, 1, List.of(), null), time -> "");
        tracker.add(open, "a", new Evidence(2, 9, 8.5, 0.01, 2, List.of(), null), time -> "");
        tracker.add(open, "a", new Evidence(3, 9, 3, 0.5, 3, List.of(), null), time -> "");
        tracker.resolve(open, "a", 100, "");
        assertThat(last().peak().time()).isEqualTo(2);
        assertThat(last().peak().threshold()).isEqualTo(8.5);
        assertThat(last().peak().pValue()).isEqualTo(0.01);
        assertThat(last().peak().modelVersion()).isEqualTo(2);
    }

    @Test
    void theEndOfSuppressionIsReportedEvenAfterTheLastUpdate() {
        OpenAnomaly open = tracker.add(null, "a", suppressed(0, 0.5), time -> "");
        double excess = 1;
        for (int i = 1; i <= 12; i++) {
            tracker.add(open, "a", suppressed(i, excess), time -> "");
            excess *= 2;
        }
        assertThat(reports).hasSize(9).allMatch(report -> "maintenance: move".equals(report.suppressed()));
        add(tracker, open, 13, 0.5);
        assertThat(reports).hasSize(10);
        assertThat(last().suppressed()).isNull();
        add(tracker, open, 14, 0.5);
        assertThat(reports).hasSize(10);
    }

    @Test
    void aStuckFeatureAloneIsOfMediumSeverityAndHasNoScore() {
        OpenAnomaly open = tracker.add(null, "a", stuck(1_000, 1e-4, 12), time -> "");
        tracker.add(open, "a", stuck(2_000, 1e-6, 13), time -> "");
        tracker.add(open, "a", stuck(3_000, 1e-5, 14), time -> "");
        tracker.resolve(open, "a", 100_000, "");
        assertThat(reports).hasSize(2);
        assertThat(last().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(last().peak().score()).isNaN();
        assertThat(last().peak().threshold()).isNaN();
        assertThat(last().peak().pValue()).isEqualTo(1e-6);
        assertThat(last().peak().time()).isEqualTo(2_000);
        assertThat(last().peak().modelVersion()).isEqualTo(4);
        assertThat(last().description())
                .isEqualTo("a: load is stuck at 3 for 14 observations, which is unusually long, expected 7;"
                        + " over after 2 s");
    }

    @Test
    void aScoreAboveItsThresholdReplacesThePeakOfAStuckFeature() {
        OpenAnomaly open = tracker.add(null, "a", stuck(1_000, 1e-9, 12), time -> "");
        tracker.add(open, "a", new Evidence(2_000, 5.5, 5, 0.01, 8, List.of(feature("cpu", 9, 5, 1)), null), t -> "");
        tracker.add(open, "a", stuck(3_000, 1e-12, 14), time -> "");
        tracker.resolve(open, "a", 100_000, "");
        assertThat(last().peak().score()).isEqualTo(5.5);
        assertThat(last().peak().pValue()).isEqualTo(0.01);
        assertThat(last().peak().modelVersion()).isEqualTo(8);
        assertThat(last().diagnosis().causes().get(0).feature()).isEqualTo("load");
    }

    @Test
    void anIncidentWithoutAnyKnownPValueHasNone() {
        OpenAnomaly open = tracker.add(null, "a", stuck(1, Double.NaN, 12), time -> "");
        tracker.resolve(open, "a", 100, "");
        assertThat(last().peak().pValue()).isNaN();
        assertThat(last().peak().modelVersion()).isNotEqualTo(Score.NO_MODEL);
    }

    @Test
    void theWarningIsAskedForAtTheTimeOfTheReportAndEndsTheSentence() {
        OpenAnomaly open = tracker.add(null, "a", evidence(7_000, 6), time -> "; warning at " + time);
        assertThat(last().description()).endsWith("; since 1970-01-01T00:00:07Z; warning at 7000");
        tracker.add(open, "a", evidence(9_000, 7), time -> "; warning at " + time);
        assertThat(last().description()).endsWith("; since 1970-01-01T00:00:07Z; warning at 9000");
        tracker.resolve(open, "a", 99_000, "; note");
        assertThat(last().description()).endsWith("; over after 2 s; note");
    }

    @Test
    void atMostEightCausesAreReported() {
        FeatureEvidence[] features = new FeatureEvidence[20];
        for (int j = 0; j < features.length; j++) {
            features[j] = feature("f" + j, 100 - j, j, 0);
        }
        tracker.add(null, "a", evidence(0, 6, features), time -> "");
        assertThat(last().diagnosis().causes())
                .extracting(cause -> cause.feature())
                .containsExactly("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7");
    }

    private OpenAnomaly add(AnomalyTracker to, OpenAnomaly open, long time, double excess) {
        return to.add(open, "a", evidence(time, THRESHOLD + excess), at -> "");
    }

    private static Evidence suppressed(long time, double excess) {
        return new Evidence(time, THRESHOLD + excess, THRESHOLD, 0.1, 1, List.of(), "maintenance: move");
    }

    private static Evidence stuck(long time, double pValue, int repeats) {
        FeatureEvidence load = new FeatureEvidence("load", 0, 3, 7, 0, Float.NaN, Float.NaN, repeats);
        return new Evidence(time, Double.NaN, Double.NaN, pValue, 4, List.of(load), null);
    }

    private Incident last() {
        return reports.get(reports.size() - 1);
    }
}
