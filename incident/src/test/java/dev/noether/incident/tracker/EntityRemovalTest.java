package dev.noether.incident.tracker;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entities that are forgotten or evicted: their incidents are resolved, and they no longer count. */
class EntityRemovalTest {
    private static final long DAY = TrackerHarness.OPTIONS.forgetMillis();
    private static final long QUIET = TrackerHarness.OPTIONS.anomalies().quietMillis();

    private final TrackerHarness harness = new TrackerHarness();

    @Test
    void anEvictedEntitysAnomalyIsResolvedAndSaysWhy() {
        harness.anomalous("a", evidence(10_000, 6));
        harness.normal("b", 15_000);
        harness.tracker.evict(harness.tracks.get("a"), "a");
        assertThat(harness.tracker.entities()).isEqualTo(1);
        Incident last = last();
        assertThat(last.state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last.id()).isEqualTo(harness.reports.get(0).id());
        assertThat(last.time()).isEqualTo(15_000);
        assertThat(last.description())
                .isEqualTo("a: the anomaly score rose to 6, the threshold is 5; over after one observation;"
                        + " no longer tracked, because there are more than `entities.max` entities");
        assertThat(harness.tracks.get("a").openIncidents()).isZero();
    }

    @Test
    void anEvictedEntitysSilenceIsResolved() {
        reportEverySecond("a", 20);
        harness.watermark(60_000);
        assertThat(harness.tracks.get("a").openIncidents()).isEqualTo(1);
        harness.normal("b", 79_000);
        harness.tracker.evict(harness.tracks.get("a"), "a");
        assertThat(last().kind()).isEqualTo(IncidentKind.SILENCE);
        assertThat(last().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last().description()).isEqualTo("a: no observations for 1 min; no longer tracked");
        assertThat(last().id()).isEqualTo(harness.reports.get(0).id());
    }

    @Test
    void evictionOfAQuietEntityReportsNothing() {
        reportEverySecond("a", 20);
        harness.tracker.evict(harness.tracks.get("a"), "a");
        assertThat(harness.reports).isEmpty();
        assertThat(harness.tracker.entities()).isZero();
    }

    @Test
    void aRemovedEntityHasNoAlarmRate() {
        harness.anomalous("a", evidence(10_000, 6));
        assertThat(harness.tracker.rates().highest(1, 10_000)).isEqualTo("a 1.0");
        harness.tracker.evict(harness.tracks.get("a"), "a");
        assertThat(harness.tracker.rates().highest(1, 10_000)).isEmpty();
        assertThat(harness.tracker.rates().quantile(1, 1, 10_000)).isZero();
    }

    @Test
    void anEntityIsForgottenAtItsTimeAndNotBefore() {
        harness.normal("a", 1_000);
        EntityTrack track = harness.tracks.get("a");
        assertThat(harness.tracker.removeIfForgotten(track, "a", 1_000 + DAY - 1))
                .isFalse();
        assertThat(harness.tracker.entities()).isEqualTo(1);
        assertThat(harness.tracker.removeIfForgotten(track, "a", 1_000 + DAY)).isTrue();
        assertThat(harness.tracker.entities()).isZero();
    }

    @Test
    void anEntityThatNeverReportedIsNotForgotten() {
        EntityTrack track = new EntityTrack();
        harness.tracker.add(track, "a");
        assertThat(harness.tracker.removeIfForgotten(track, "a", Long.MAX_VALUE - 1))
                .isFalse();
    }

    @Test
    void anEntityThatReportsLessThanOnceADayIsNotForgottenBetweenTwoReports() {
        for (int i = 0; i < 20; i++) {
            harness.normal("slow", i * 2 * DAY);
            if (i >= 8) {
                harness.watermark(i * 2 * DAY + DAY + DAY / 2);
                assertThat(harness.tracks).as("after report %d", i).containsKey("slow");
            }
        }
    }

    @Test
    void anEntityWithAnOpenAnomalyIsForgottenOnlyAfterItsEnd() {
        long interval = DAY / 2;
        for (int i = 0; i < 10; i++) {
            harness.normal("slow", i * interval);
        }
        long onset = 10 * interval;
        harness.anomalous("slow", evidence(onset, 6));
        harness.watermark(onset + 10 * interval);
        assertThat(harness.tracks).containsKey("slow");
        harness.watermark(onset + 10 * interval + 1_000);
        assertThat(harness.reports)
                .filteredOn(report -> report.kind() == IncidentKind.ANOMALY)
                .extracting(Incident::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
    }

    @Test
    void aSlowEntitysAnomalyLastsForTenOfItsOwnIntervals() {
        long interval = 60_000;
        for (int i = 0; i < 100; i++) {
            harness.normal("a", i * interval);
        }
        for (int i = 100; i < 200; i++) {
            if (i % 10 == 0) {
                harness.anomalous("a", evidence(i * interval, 5.5));
            } else {
                harness.normal("a", i * interval);
            }
            harness.watermark(i * interval);
        }
        assertThat(harness.reports).hasSize(1);
        for (int i = 200; i < 230; i++) {
            harness.normal("a", i * interval);
            harness.watermark(i * interval);
        }
        assertThat(harness.reports).hasSize(2);
        assertThat(last().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last().time()).isEqualTo((190 + 10) * interval);
        assertThat(last().count()).isEqualTo(10);
    }

    @Test
    void beforeTheIntervalIsKnownTheShortestQuietTimeCounts() {
        harness.normal("a", 0);
        harness.anomalous("a", evidence(30_000, 6));
        harness.watermark(30_000 + QUIET + DeadlineWheel.BUCKET_MILLIS);
        assertThat(last().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(last().time()).isEqualTo(30_000 + QUIET);
    }

    @Test
    void aStuckFeatureIsOneAlarmHoweverLongItLasts() {
        for (int i = 0; i < 100; i++) {
            FeatureEvidence load = new FeatureEvidence("load", 0, 3, 7, 0, 1, 9, 12 + i);
            harness.anomalous("a", new Evidence(i, Double.NaN, Double.NaN, 1e-9, 1, List.of(load), null));
        }
        assertThat(harness.tracker.rates().highest(1, 0)).isEqualTo("a 1.0");
        harness.anomalous("a", evidence(100, 6));
        assertThat(harness.tracker.rates().highest(1, 0)).isEqualTo("a 2.0");
    }

    @Test
    void theTimeToForgetMustBePositive() {
        assertThatThrownBy(() -> new TrackerOptions(
                        "fleet",
                        TrackerHarness.OPTIONS.anomalies(),
                        TrackerHarness.OPTIONS.silences(),
                        0,
                        TrackerHarness.OPTIONS.allowedAlarms()))
                .hasMessage("`forgetMillis` must be at least 1 (got 0)");
    }

    @Test
    void stateThatEndsTooEarlyIsRefused() {
        harness.anomalous("a", evidence(1_000, 7, TrackerHarness.feature("cpu", 9, 5, 1)));
        byte[] whole = TrackerHarness.bytes(harness.tracks.get("a"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EntityTrack.read(new DataInputStream(new ByteArrayInputStream(cut))))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    private void reportEverySecond(String entity, int count) {
        for (int i = 0; i < count; i++) {
            harness.normal(entity, i * 1_000L);
        }
    }

    private Incident last() {
        return harness.reports.get(harness.reports.size() - 1);
    }
}
