package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.tracker.TrackerHarness;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.testing.RandomizedTest;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTrackerTest extends RandomizedTest {
    private final TrackerHarness harness = new TrackerHarness();

    @ParameterizedTest
    @ValueSource(longs = {1_000, 7_000, 60_000, 3_600_000})
    void isReportedWhileItLastsWithinThreeOfTheEntitysOwnIntervals(long interval) {
        RandomGenerator random = random();
        long last = 0;
        for (int i = 0; i < 200; i++) {
            // A tenth early or late, as pollers are.
            last = i * interval + (long) (interval * 0.1 * (2 * random.nextDouble() - 1));
            harness.normal("a", last);
        }
        assertThat(harness.reports).isEmpty();
        harness.watermark(last + 2 * interval);
        assertThat(harness.reports).isEmpty();
        harness.watermark(last + 3 * interval);
        assertThat(harness.reports).singleElement().satisfies(report -> {
            assertThat(report.kind()).isEqualTo(IncidentKind.SILENCE);
            assertThat(report.state()).isEqualTo(IncidentState.OPENED);
            assertThat(report.diagnosis().shape()).isEqualTo(BreakShape.SILENCE);
        });
        assertThat(harness.reports.get(0).start()).isEqualTo(last);
        assertThat(harness.reports.get(0).description())
                .startsWith("a: no observations since " + Instant.ofEpochMilli(last) + ", usually one every ")
                .endsWith("; check that it is running and can reach the observations topic");
        harness.watermark(last + 10 * interval);
        assertThat(harness.reports).hasSize(1);
        harness.normal("a", last + 11 * interval);
        assertThat(harness.reports).hasSize(2);
        assertThat(harness.reports.get(1).state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(harness.reports.get(1).id()).isEqualTo(harness.reports.get(0).id());
        assertThat(harness.reports.get(1).end()).isEqualTo(last + 11 * interval);
    }

    /** Gaps as random as gaps can be: no rhythm, so no silence but a very long one. */
    @Test
    void irregularEntitiesAreNotBlamed() {
        RandomGenerator random = random();
        for (int entity = 0; entity < 50; entity++) {
            long time = entity;
            for (int i = 0; i < 2_000; i++) {
                time += 1 + (long) (10_000 * -Math.log(1 - random.nextDouble()));
                harness.normal("e" + entity, time);
            }
        }
        // 100,000 gaps; one that is three times the mean is among every twenty of them.
        assertThat(harness.reports).hasSizeLessThan(2 * 40);
    }

    @Test
    void aPauseOfTheWholeSourceIsNobodysSilence() {
        long time = run(100, 0, 300, -1);
        long pause = 7_200_000;
        run(100, time + pause, 300, -1);
        assertThat(harness.reports).isEmpty();
    }

    @Test
    void whoStaysSilentAfterAPauseIsReported() {
        long time = run(100, 0, 300, -1);
        run(100, time + 7_200_000, 300, 17);
        assertThat(harness.reports)
                .singleElement()
                .satisfies(report -> assertThat(report.entity()).isEqualTo("e17"));
    }

    @Test
    void slowEntitiesThatReportTogetherAreStillSeenOneByOne() {
        // All at once every five minutes: the gaps between are longer than the shortest pause, and no pauses.
        for (int i = 0; i < 100; i++) {
            for (int entity = 0; entity < 50; entity++) {
                if (entity != 17 || i < 50) {
                    harness.normal("e" + entity, i * 300_000L + entity);
                }
            }
            harness.watermark(i * 300_000L);
        }
        assertThat(harness.reports).singleElement().satisfies(report -> {
            assertThat(report.entity()).isEqualTo("e17");
            assertThat(report.time()).isLessThan((49 + 3) * 300_000L);
        });
    }

    @Test
    void anEntityThatStopsReportingForGoodIsForgotten() {
        run(20, 0, 100, -1);
        run(20, 100 * 10_000L, 100, 3);
        assertThat(harness.tracks).containsKey("e3");
        long day = TrackerHarness.OPTIONS.forgetMillis();
        for (long time = 200 * 10_000L; time < 2 * day; time += 10_000) {
            for (int entity = 0; entity < 20; entity++) {
                if (entity != 3) {
                    harness.normal("e" + entity, time + entity);
                }
            }
            harness.watermark(time);
        }
        assertThat(harness.tracks).hasSize(19).doesNotContainKey("e3");
        assertThat(harness.reports)
                .extracting(Incident::state)
                .containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(harness.reports.get(1).description()).endsWith("; no longer tracked");
    }

    /** Entities that report every ten seconds; returns the time behind the last round. */
    private long run(int entities, long from, int rounds, int missing) {
        for (int i = 0; i < rounds; i++) {
            for (int entity = 0; entity < entities; entity++) {
                if (entity != missing) {
                    harness.normal("e" + entity, from + i * 10_000L + entity * 97L);
                }
            }
            harness.watermark(from + i * 10_000L);
        }
        return from + rounds * 10_000L;
    }
}
