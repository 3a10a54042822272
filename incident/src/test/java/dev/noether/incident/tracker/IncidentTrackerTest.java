package dev.noether.incident.tracker;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.noether.incident.anomaly.AnomalyTracker;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.rate.RecentAlarms;
import dev.noether.incident.report.IncidentId;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IncidentTrackerTest extends RandomizedTest {
    private static final long SECOND = 1_000;
    private static final long QUIET = TrackerHarness.OPTIONS.anomalies().quietMillis();

    private final TrackerHarness harness = new TrackerHarness();

    @Test
    void opensOnceBecomesWorseAndIsOver() {
        harness.anomalous("a", evidence(10_000, 5.5, feature("cpu", 30, 9, 5)));
        harness.anomalous("a", evidence(11_000, 5.6, feature("cpu", 31, 9, 5)));
        harness.anomalous("a", evidence(12_000, 7.5, feature("cpu", 90, 12, 5)));
        harness.normal("a", 13_000);
        harness.watermark(12_000 + QUIET);
        assertThat(harness.reports).hasSize(2);
        harness.watermark(12_000 + QUIET + DeadlineWheel.BUCKET_MILLIS);
        assertThat(harness.reports)
                .extracting(Incident::state, Incident::severity, Incident::time, Incident::count)
                .containsExactly(
                        tuple(IncidentState.OPENED, Severity.LOW, 10_000L, 1L),
                        tuple(IncidentState.UPDATED, Severity.HIGH, 12_000L, 3L),
                        tuple(IncidentState.RESOLVED, Severity.HIGH, 12_000L + QUIET, 3L));
        Incident last = harness.reports.get(2);
        assertThat(last.start()).isEqualTo(10_000);
        assertThat(last.end()).isEqualTo(12_001);
        assertThat(last.peak().score()).isEqualTo(7.5);
        assertThat(last.peak().time()).isEqualTo(12_000);
        assertThat(last.peak().pValue()).isEqualTo(0.001);
        assertThat(last.peak().threshold()).isEqualTo(5);
        assertThat(last.peak().modelVersion()).isEqualTo(7);
        assertThat(last.diagnosis().causes()).containsExactly(new Cause("cpu", 90, 12, 5, 4, 6));
        assertThat(harness.reports).extracting(Incident::id).containsOnly(last.id());
        assertThat(last.identity()).isEqualTo(IncidentId.identity("fleet", IncidentKind.ANOMALY, "a", 10_000));
        assertThat(harness.tracks.get("a").openIncidents()).isZero();
    }

    @Test
    void whatFlapsIsOneIncidentAndWhatComesAfterTheQuietTimeIsAnother() {
        for (int i = 0; i < 10; i++) {
            harness.anomalous("a", evidence(i * QUIET, 6));
            harness.normal("a", i * QUIET + SECOND);
        }
        assertThat(harness.reports).hasSize(1);
        // No watermark in between: the score itself ends the old one.
        harness.anomalous("a", evidence(40 * QUIET, 6));
        harness.reports.removeIf(report -> report.kind() == IncidentKind.SILENCE);
        assertThat(harness.reports)
                .extracting(Incident::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED, IncidentState.OPENED);
        assertThat(harness.reports.get(2).id())
                .isNotEqualTo(harness.reports.get(0).id());
    }

    @Test
    void updatesAreFew() {
        for (int i = 0; i < 10_000; i++) {
            harness.anomalous("a", evidence(i * SECOND, 5 + Math.pow(1.01, i % 2_000)));
        }
        assertThat(harness.reports).hasSizeLessThanOrEqualTo(1 + AnomalyTracker.MAX_UPDATES);
        assertThat(harness.reports).hasSizeGreaterThan(3);
    }

    @Test
    void ranksByTheLargestDeviationOverTheIncident() {
        harness.anomalous("a", evidence(0, 6, feature("cpu", 400, 50, 5), feature("disk", 1, 1, 1)));
        for (int i = 1; i < 50; i++) {
            harness.anomalous("a", evidence(i * SECOND, 6, feature("disk", 100, 9, 1), feature("cpu", 3, 6, 5)));
        }
        harness.watermark(10 * QUIET);
        harness.reports.removeIf(report -> report.kind() == IncidentKind.SILENCE);
        assertThat(harness.reports.get(harness.reports.size() - 1).diagnosis().causes())
                .extracting(Cause::feature, Cause::deviation)
                .containsExactly(tuple("cpu", 400f), tuple("disk", 100f));
    }

    @Test
    void suppressedAsLongAsEachOfItsScoresIs() {
        harness.anomalous("a", suppressed(0, "maintenance: upgrade"));
        harness.anomalous("a", suppressed(SECOND, "other"));
        assertThat(harness.reports).extracting(Incident::suppressed).containsExactly("maintenance: upgrade");
        harness.anomalous("a", evidence(2 * SECOND, 5.1));
        assertThat(harness.reports).hasSize(2);
        assertThat(harness.reports.get(1).state()).isEqualTo(IncidentState.UPDATED);
        assertThat(harness.reports.get(1).suppressed()).isNull();
        harness.anomalous("a", suppressed(3 * SECOND, "again"));
        harness.watermark(10 * QUIET);
        assertThat(harness.reports.get(2).suppressed()).isNull();
    }

    /** The same scores with watermarks anywhere, with state written and read at each step, or with none of it. */
    @Test
    void watermarksAndRestoresChangeNoReport() {
        for (int round = 0; round < 20; round++) {
            List<Incident> plain = run(round, false, false);
            assertThat(plain).hasSizeGreaterThan(20);
            assertThat(plain).extracting(Incident::kind).contains(IncidentKind.SILENCE, IncidentKind.ANOMALY);
            assertThat(run(round, true, false))
                    .as("watermarks, round %d", round)
                    .containsExactlyInAnyOrderElementsOf(plain);
            assertThat(run(round, true, true))
                    .as("restores, round %d", round)
                    .containsExactlyInAnyOrderElementsOf(plain);
        }
    }

    private static List<Incident> run(int round, boolean watermarks, boolean restoring) {
        RandomGenerator random = random();
        for (int i = 0; i < round; i++) {
            random.nextLong();
        }
        TrackerHarness harness = new TrackerHarness(TrackerHarness.OPTIONS, restoring);
        long[] silentUntil = new long[12];
        for (int step = 0; step < 2_000; step++) {
            long now = step * 10 * SECOND;
            for (int entity = 0; entity < silentUntil.length; entity++) {
                double dice = random.nextDouble();
                double score = 5 + random.nextDouble() * 4;
                if (dice < 0.001) {
                    silentUntil[entity] = step + 30;
                }
                if (step < silentUntil[entity]) {
                    continue;
                }
                long time = now + entity;
                if (dice > 0.99) {
                    harness.anomalous("e" + entity, evidence(time, score, feature("cpu", (float) score, 9, 5)));
                } else {
                    harness.normal("e" + entity, time);
                }
            }
            if (watermarks && step % 3 == 0) {
                harness.watermark(now);
            }
        }
        // Everybody once more, so that what is still to be output is output.
        for (int entity = 0; entity < silentUntil.length; entity++) {
            harness.normal("e" + entity, 2_000 * 10 * SECOND + entity);
        }
        return harness.reports;
    }

    @Test
    void theStateOfAnEntityHasTheDocumentedSize() {
        for (int i = 0; i < 100; i++) {
            harness.normal("a", i * SECOND);
        }
        EntityTrack track = harness.tracks.get("a");
        assertThat(TrackerHarness.bytes(track)).hasSize(EntityTrack.QUIET_BYTES).hasSize(38);
        FeatureEvidence[] features = new FeatureEvidence[38];
        for (int j = 0; j < features.length; j++) {
            features[j] = feature("f" + j % 10 + j / 10, j, j, 0);
        }
        for (int i = 0; i < 20; i++) {
            harness.anomalous("a", evidence(100 * SECOND + i * SECOND, 6, features));
        }
        // Deviation, values, range, rank, count and eight rows of two values for each feature, and its name.
        assertThat(TrackerHarness.bytes(track)).hasSizeLessThan(38 + RecentAlarms.BYTES + 100 + 38 * (100 + 3));
        harness.watermark(1000 * SECOND);
        assertThat(TrackerHarness.bytes(harness.tracks.get("a"))).hasSize(38 + RecentAlarms.BYTES);
    }

    private static Evidence suppressed(long time, String reason) {
        return new Evidence(time, 6, 5, 0.1, 1, List.of(), reason);
    }
}
