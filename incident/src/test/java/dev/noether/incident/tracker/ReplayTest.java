package dev.noether.incident.tracker;

import static dev.noether.incident.tracker.TrackerHarness.evidence;
import static dev.noether.incident.tracker.TrackerHarness.feature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.evidence.Evidence;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random scores of a few entities: a replay, whole or from a checkpoint, gives the same ids and reports. */
class ReplayTest extends RandomizedTest {
    private static final int ROUNDS = 20;
    private static final int STEPS = 1_500;
    /** Fewer than those with which a pause of the source is detected, because a checkpoint does not hold pauses. */
    private static final int ENTITIES = 6;

    /** One score; without evidence it is normal. */
    private record Step(String entity, long time, @Nullable Evidence evidence) {
        void applyTo(TrackerHarness harness) {
            if (evidence == null) {
                harness.normal(entity, time);
            } else {
                harness.anomalous(entity, evidence);
            }
        }
    }

    @Test
    void aSecondRunGivesTheSameReportsInTheSameOrder(RandomGenerator random) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Step> steps = steps(random);
            List<Incident> first = run(steps, new TrackerHarness());
            assertThat(first).extracting(Incident::kind).contains(IncidentKind.ANOMALY, IncidentKind.SILENCE);
            assertThat(run(steps, new TrackerHarness())).as("round %d", round).isEqualTo(first);
        }
    }

    @Test
    void aReplayFromACheckpointGivesTheReportsThatFollowIt(RandomGenerator random) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Step> steps = steps(random);
            int checkpoint = random.nextInt(steps.size());
            TrackerHarness original = new TrackerHarness();
            run(steps.subList(0, checkpoint), original);
            TrackerHarness restarted = new TrackerHarness();
            original.tracks.forEach((entity, track) -> {
                EntityTrack restored = TrackerHarness.restored(track);
                restarted.tracks.put(entity, restored);
                restarted.tracker.add(restored, entity);
            });
            int before = original.reports.size();
            run(steps.subList(checkpoint, steps.size()), original);
            run(steps.subList(checkpoint, steps.size()), restarted);
            assertThat(restarted.reports)
                    .as("round %d, checkpoint after %d steps", round, checkpoint)
                    .isEqualTo(original.reports.subList(before, original.reports.size()));
        }
    }

    @Test
    void repeatedNormalScoresChangeNoReport(RandomGenerator random) {
        for (int round = 0; round < ROUNDS; round++) {
            List<Step> steps = steps(random);
            List<Step> withRepetitions = new ArrayList<>();
            for (Step step : steps) {
                withRepetitions.add(step);
                Step older = withRepetitions.get(random.nextInt(withRepetitions.size()));
                if (older.entity().equals(step.entity())) {
                    withRepetitions.add(new Step(older.entity(), older.time(), null));
                }
            }
            assertThat(withRepetitions).hasSizeGreaterThan(steps.size());
            assertThat(run(withRepetitions, new TrackerHarness()))
                    .as("round %d", round)
                    .isEqualTo(run(steps, new TrackerHarness()));
        }
    }

    /** Opened once, then updated at most eight times, then resolved once; no time runs backwards. */
    @Test
    void eachIncidentHasOneBeginningAndOneEnd(RandomGenerator random) {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, List<Incident>> byId = new HashMap<>();
            for (Incident report : run(steps(random), new TrackerHarness())) {
                byId.computeIfAbsent(report.id(), id -> new ArrayList<>()).add(report);
            }
            for (List<Incident> life : byId.values()) {
                assertThat(life.get(0).state()).isEqualTo(IncidentState.OPENED);
                assertThat(life).hasSizeLessThanOrEqualTo(10);
                for (int i = 1; i < life.size(); i++) {
                    Incident previous = life.get(i - 1);
                    Incident report = life.get(i);
                    assertThat(previous.state()).isNotEqualTo(IncidentState.RESOLVED);
                    assertThat(report.state()).isNotEqualTo(IncidentState.OPENED);
                    assertThat(report.time()).isGreaterThanOrEqualTo(previous.time());
                    assertThat(report.end()).isGreaterThanOrEqualTo(previous.end());
                    assertThat(report.count()).isGreaterThanOrEqualTo(previous.count());
                    assertThat(report.severity()).isGreaterThanOrEqualTo(previous.severity());
                    assertThat(report.start()).isEqualTo(previous.start());
                    assertThat(report.entity()).isEqualTo(previous.entity());
                }
            }
        }
    }

    private static List<Incident> run(List<Step> steps, TrackerHarness harness) {
        steps.forEach(step -> step.applyTo(harness));
        return harness.reports;
    }

    private static List<Step> steps(RandomGenerator random) {
        List<Step> steps = new ArrayList<>();
        long[] silentUntil = new long[ENTITIES];
        for (int round = 0; round < STEPS; round++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                if (random.nextInt(300) == 0) {
                    silentUntil[entity] = round + 5 + random.nextInt(60);
                }
                if (round >= silentUntil[entity]) {
                    steps.add(step(random, "e" + entity, round * 10_000L + entity * 7L));
                }
            }
        }
        return steps;
    }

    private static Step step(RandomGenerator random, String entity, long time) {
        if (random.nextInt(40) != 0) {
            return new Step(entity, time, null);
        }
        float deviation = random.nextFloat() * 100;
        Evidence evidence =
                evidence(time, 5 + random.nextDouble() * 6, feature("cpu", deviation, 9, 5), feature("disk", 30, 9, 5));
        return new Step(entity, time, evidence);
    }
}
