package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowScoringOperatorTest {
    private static final long SEED = Long.getLong("noether.seed", 7);

    @TempDir
    Path folder;

    private TestingModels models;

    @BeforeEach
    void store() {
        System.out.println("rows and weights of seed " + SEED + ", change with -Dnoether.seed=");
        models = new TestingModels(folder);
    }

    private ModelRelease release(long version, long effectiveFrom) {
        return models.release(
                version,
                effectiveFrom,
                TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED + version));
    }

    @Test
    void eachRowGetsOneScoreInOrderAndTheFirstOnesOfAnEntityWarmUp() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(500, 7, SEED);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(64))) {
            harness.announce(release(1, 0));
            harness.send(rows);
            harness.endInput();
            List<Score> scores = harness.scores();
            assertThat(scores)
                    .extracting(Score::sourceOffset)
                    .containsExactlyElementsOf(
                            rows.stream().map(ObservationRow::offset).toList());
            assertThat(scores)
                    .filteredOn(score -> score.verdict() == Verdict.UNSCORED)
                    .hasSize(7 * (ScoringHarness.WINDOW - 1))
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.WARM_UP));
            assertThat(harness.keyedStates()).isEqualTo(7);
        }
    }

    @Test
    void scoresOfRowsAloneAndInBatchesAreTheSame() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(2000, 20, SEED);
        List<Score> alone = scored(rows, 1);
        for (int batchSize : new int[] {2, 31, 256}) {
            List<Score> batched = scored(rows, batchSize);
            assertThat(batched).hasSameSizeAs(alone);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(batched.get(i).entity()).isEqualTo(alone.get(i).entity());
                assertThat(batched.get(i).verdict()).isEqualTo(alone.get(i).verdict());
                if (alone.get(i).verdict() != Verdict.UNSCORED) {
                    assertThat(batched.get(i).score()).isCloseTo(alone.get(i).score(), within(1e-5));
                }
            }
        }
    }

    private List<Score> scored(List<ObservationRow> rows, int batchSize) throws Exception {
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(batchSize))) {
            harness.announce(release(1, 0));
            harness.send(rows);
            harness.endInput();
            return harness.scores();
        }
    }

    @Test
    void contributionsSumToOneAndStandInOrder() throws Exception {
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(8))) {
            harness.announce(release(1, 0));
            harness.send(ScoringHarness.rows(100, 2, SEED));
            harness.endInput();
            assertThat(harness.scores())
                    .filteredOn(score -> score.verdict() != Verdict.UNSCORED)
                    .isNotEmpty()
                    .allSatisfy(score -> {
                        assertThat(score.contributions()).hasSize(ScoringHarness.FEATURES);
                        assertThat(score.contributions().stream()
                                        .mapToDouble(Contribution::share)
                                        .sum())
                                .isCloseTo(1, within(1e-5));
                        assertThat(score.contributions())
                                .isSortedAccordingTo((a, b) -> Float.compare(b.share(), a.share()));
                        assertThat(score.pValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
                    });
        }
    }

    @Test
    void withoutAModelRowsAreUnscoredAndStillFillTheWindow() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(10, 1, SEED);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(4))) {
            harness.send(rows.subList(0, 5));
            harness.announce(release(1, 0));
            harness.send(rows.subList(5, 10));
            harness.endInput();
            List<Score> scores = harness.scores();
            assertThat(scores.subList(0, 5))
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START));
            assertThat(scores.subList(5, 10))
                    .allSatisfy(score -> assertThat(score.modelVersion()).isEqualTo(1));
        }
    }

    @Test
    void aBatchWaitsForItsLingerTimeAndNoLonger() throws Exception {
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1000))) {
            harness.announce(release(1, 0));
            harness.setProcessingTime(100);
            harness.send(ScoringHarness.rows(10, 3, SEED));
            harness.setProcessingTime(119);
            assertThat(harness.scores()).isEmpty();
            harness.setProcessingTime(120);
            assertThat(harness.scores()).hasSize(10);
        }
    }

    @Test
    void aReleaseTakesOverAtItsEventTimeAndEachScoreNamesItsModel() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(300, 4, SEED);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(32))) {
            harness.announce(release(1, 0));
            harness.send(rows.subList(0, 100));
            harness.announce(release(2, 200_000));
            harness.send(rows.subList(100, 300));
            harness.endInput();
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(300);
            assertThat(scores)
                    .filteredOn(score -> score.verdict() != Verdict.UNSCORED)
                    .allSatisfy(
                            score -> assertThat(score.modelVersion()).isEqualTo(score.eventTime() < 200_000 ? 1 : 2));
        }
    }

    /**
     * The replay has the same micro-batches as the live run, since a BLAS may sum in another order for another number
     * of rows.
     */
    @Test
    void aReplayWithAllReleasesKnownGivesTheSameScores() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(400, 4, SEED);
        ModelRelease first = release(1, 0);
        ModelRelease second = release(2, 250_000);
        List<Score> live;
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(8))) {
            harness.announce(first);
            harness.send(rows.subList(0, 200));
            harness.announce(second);
            harness.send(rows.subList(200, 400));
            harness.endInput();
            live = harness.scores();
        }
        KnownReleases known = () -> List.of(second, first);
        try (ScoringHarness replay = new ScoringHarness(ScoringHarness.options(8), known, null)) {
            replay.send(rows);
            replay.endInput();
            assertThat(replay.scores()).isEqualTo(live);
        }
    }

    @Test
    void aCheckpointLosesNothingDoublesNothingAndChangesNothing() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(600, 9, SEED);
        ModelRelease first = release(1, 0);
        ModelRelease second = release(2, 300_000);
        List<Score> undisturbed;
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(50))) {
            harness.announce(first);
            harness.announce(second);
            harness.send(rows);
            harness.endInput();
            undisturbed = harness.scores();
        }
        OperatorSubtaskState state;
        List<Score> scores;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(50))) {
            before.announce(first);
            before.announce(second);
            // Not a multiple of the batch: pending rows must come out before the barrier.
            before.send(rows.subList(0, 333));
            state = before.snapshot(1);
            scores = before.scores();
            assertThat(scores).hasSize(333);
            // What came after the barrier is lost with the task, and comes again.
            before.send(rows.subList(333, 400));
        }
        try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(50), KnownReleases.NONE, state)) {
            after.send(rows.subList(333, 600));
            after.endInput();
            scores.addAll(after.scores());
        }
        assertThat(scores.stream().map(Score::sourceOffset).toList())
                .isEqualTo(undisturbed.stream().map(Score::sourceOffset).toList());
        for (int i = 0; i < scores.size(); i++) {
            Score expected = undisturbed.get(i);
            Score found = scores.get(i);
            assertThat(found.modelVersion()).isEqualTo(expected.modelVersion());
            assertThat(found.verdict()).isEqualTo(expected.verdict());
            if (expected.verdict() != Verdict.UNSCORED) {
                // Batches are cut differently after the restore, and a BLAS sums in another order for another size.
                assertThat(found.score()).isCloseTo(expected.score(), within(1e-5));
            }
        }
    }

    @Test
    void badReleasesAreRefusedAndScoringGoesOn() throws Exception {
        byte[] good = ArtifactCodec.encode(TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED));
        byte[] corrupted = good.clone();
        corrupted[good.length / 2] ^= 1;
        byte[] future = TestingModels.ofFutureFormat(good);
        List<ModelRelease> bad = List.of(
                damaged(2, good, corrupted),
                damaged(3, good, Arrays.copyOf(good, good.length - 100)),
                models.release(4, 0, Arrays.copyOf(good, good.length - 100), TestingModels.features(5)),
                models.release(5, 0, TestingModels.model(4, ScoringHarness.WINDOW, SEED)),
                models.release(6, 0, TestingModels.model(ScoringHarness.FEATURES, 7, SEED)),
                models.release(7, 0, future, TestingModels.features(5)),
                models.release(8, 0, "no model at all".getBytes(StandardCharsets.UTF_8), TestingModels.features(5)),
                TestingModels.release(
                        9, 0, folder.resolve("nowhere.avro").toUri().toString(), "00", TestingModels.features(5)),
                TestingModels.release(10, 0, "", "00", TestingModels.features(5)));
        List<ObservationRow> rows = ScoringHarness.rows(200, 3, SEED);
        List<Score> undisturbed = scored(rows, 16);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(16))) {
            harness.announce(release(1, 0));
            for (int i = 0; i < rows.size(); i++) {
                if (i % 20 == 0 && i / 20 < bad.size()) {
                    harness.announce(bad.get(i / 20));
                }
                harness.send(rows.get(i));
            }
            harness.endInput();
            List<Score> scores = harness.scores();
            assertThat(scores).hasSameSizeAs(undisturbed);
            assertThat(scores)
                    .filteredOn(score -> score.verdict() != Verdict.UNSCORED)
                    .allSatisfy(score -> assertThat(score.modelVersion()).isEqualTo(1));
        }
    }

    @Test
    void aDetectorThatTakesUpTheCheckpointOfAnotherDoesNotScoreWithItsModels() throws Exception {
        OperatorSubtaskState state;
        try (ScoringHarness other = new ScoringHarness(ScoringHarness.options(1))) {
            other.announce(release(1, 0));
            state = other.snapshot(1);
        }
        try (ScoringHarness harness = new ScoringHarness(
                ScoringHarness.ofDetector("another", ScoringHarness.options(1)), KnownReleases.NONE, state)) {
            harness.send(ScoringHarness.rows(20, 1, SEED));
            assertThat(harness.scores())
                    .hasSize(20)
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START));
        }
    }

    @Test
    void theReasonOfARefusalIsTheRightOne() {
        byte[] good = ArtifactCodec.encode(TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED));
        assertThatThrownBy(() -> ArtifactCodec.decode(TestingModels.ofFutureFormat(good)))
                .hasMessage("found format version 6, supports at most 5");
        assertThatThrownBy(() -> ArtifactCodec.verified(good, "00")).hasMessageContaining("expected 00");
    }

    @Test
    void aReleaseInAnUnusedStageIsIgnored() throws Exception {
        ModelRelease champion = release(1, 0);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(inStage(release(2, 0), ReleaseStage.CHALLENGER));
            harness.announce(champion);
            // It neither retires nor replaces the champion of the same version.
            harness.announce(inStage(champion, ReleaseStage.CHALLENGER));
            harness.announce(inStage(release(3, 0), ReleaseStage.CHALLENGER));
            harness.send(ScoringHarness.rows(10, 1, SEED));
            harness.endInput();
            assertThat(harness.scores())
                    .filteredOn(score -> score.verdict() != Verdict.UNSCORED)
                    .isNotEmpty()
                    .allSatisfy(score -> assertThat(score.modelVersion()).isEqualTo(1));
        }
    }

    @Test
    void aRetiredModelScoresNoMore() throws Exception {
        ModelRelease release = release(1, 0);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release);
            harness.announce(inStage(release, ReleaseStage.RETIRED));
            harness.send(ScoringHarness.rows(5, 1, SEED));
            assertThat(harness.scores())
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START));
        }
    }

    @Test
    void lateRowsAreMarkedAndLeaveTheWindowAsItIs() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(20, 1, SEED);
        List<Score> undisturbed = scored(rows, 1);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release(1, 0));
            harness.send(rows.subList(0, 10));
            ObservationRow late = new ObservationRow("entity-0", 3_500, 0, 1000, new float[ScoringHarness.FEATURES]);
            harness.send(late);
            harness.send(rows.subList(10, 20));
            List<Score> scores = harness.scores();
            assertThat(scores.get(10).unscoredReason()).isEqualTo(UnscoredReason.LATE);
            scores.remove(10);
            assertThat(scores).isEqualTo(undisturbed);
        }
    }

    @Test
    void lateRowsAreScoredWhereThePolicySaysSo() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(20, 1, SEED);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1, Duration.ZERO, LatePolicy.SCORE))) {
            harness.announce(release(1, 0));
            harness.send(rows.subList(0, 10));
            harness.send(new ObservationRow("entity-0", 3_500, 0, 1000, new float[ScoringHarness.FEATURES]));
            Score late = harness.scores().get(10);
            assertThat(late.verdict()).isNotEqualTo(Verdict.UNSCORED);
            assertThat(late.eventTime()).isEqualTo(3_500);
        }
    }

    @Test
    void rowsWithinTheDisorderAreJudgedInTheirPlace() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(12, 1, SEED);
        List<ObservationRow> swapped = new java.util.ArrayList<>(rows);
        java.util.Collections.swap(swapped, 8, 9);
        Function<List<Score>, java.util.Map<Long, Double>> byTime =
                scores -> scores.stream().collect(Collectors.toMap(Score::eventTime, Score::score));
        java.util.Map<Long, Double> ordered = byTime.apply(scored(rows, 1));
        try (ScoringHarness harness =
                new ScoringHarness(ScoringHarness.options(1, Duration.ofSeconds(5), LatePolicy.MARK))) {
            harness.announce(release(1, 0));
            harness.send(swapped);
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(12).noneMatch(score -> score.unscoredReason() == UnscoredReason.LATE);
            java.util.Map<Long, Double> found = byTime.apply(scores);
            // The row that came late saw the rows that belong before it; those behind it had lost the newest one only.
            assertThat(found.get(8_000L)).isCloseTo(ordered.get(8_000L), within(0.05));
            assertThat(found.get(11_000L)).isCloseTo(ordered.get(11_000L), within(0.05));
        }
    }

    private ModelRelease damaged(long version, byte[] announced, byte[] stored) throws Exception {
        Path file = folder.resolve("damaged-" + version);
        Files.write(file, stored);
        return TestingModels.release(
                version, 0, file.toUri().toString(), ArtifactCodec.hash(announced), TestingModels.features(5));
    }

    private static ModelRelease inStage(ModelRelease release, ReleaseStage stage) {
        return new ModelRelease(
                release.detector(),
                release.version(),
                release.artifact(),
                release.featureSchemaFingerprint(),
                release.effectiveFrom(),
                stage,
                release.announcedAt(),
                release.calibration(),
                release.provenance());
    }
}
