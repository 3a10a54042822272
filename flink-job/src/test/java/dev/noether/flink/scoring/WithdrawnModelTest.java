package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are withdrawn at an event time: in the stream, in a replay, after a failure. */
final class WithdrawnModelTest {
    private static final long SEED = 5;
    private static final List<ObservationRow> ROWS = ScoringHarness.rows(60, 2, SEED);

    @TempDir
    Path folder;

    private TestingModels models;
    private ModelRelease first;
    private ModelRelease second;
    /** Model 2, which scores from 20 s on, is withdrawn at 40 s. */
    private ModelRelease withdrawn;

    @BeforeEach
    void releases() {
        models = new TestingModels(folder);
        first = release(1, 0, SEED + 1);
        second = release(2, 20_000, SEED + 2);
        withdrawn = ended(second, 40_000);
    }

    @Test
    void theModelBeforeTakesOverAtTheEndAndTheFileIsNotReadAgain() throws Exception {
        try (ScoringHarness harness = harness(1)) {
            harness.announce(first);
            harness.announce(second);
            harness.send(ROWS.subList(0, 30));
            Files.delete(path(second));
            Files.delete(path(first));
            harness.announce(withdrawn);
            harness.send(ROWS.subList(30, 60));
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(60);
            requireVersions(scores);
            assertThat(harness.metrics().modelsWithdrawn.getCount()).isEqualTo(1);
            assertThat(harness.releasesInState()).containsExactly(1L, 2L);
        }
    }

    @Test
    void aReplayThatKnowsTheEndFromTheStartGivesTheSameScores() throws Exception {
        List<Score> live = live(8);
        KnownReleases known = () -> List.of(withdrawn, first);
        try (ScoringHarness replay = new ScoringHarness(ScoringHarness.options(8), known, null)) {
            replay.send(ROWS.subList(0, 25));
            // The source reads the topic from its beginning, also what is outdated.
            replay.announce(first);
            replay.announce(second);
            replay.announce(withdrawn);
            replay.send(ROWS.subList(25, 60));
            replay.endInput();
            requireSame(replay.scores(), live);
            assertThat(replay.metrics().modelsWithdrawn.getCount()).isZero();
        }
    }

    @Test
    void aKillBeforeTheEndOrAfterItChangesNoScore() throws Exception {
        List<Score> undisturbed = live(8);
        for (int killed : new int[] {22, 30, 35, 50}) {
            List<Score> scores;
            OperatorSubtaskState state;
            try (ScoringHarness before = harness(8)) {
                before.announce(first);
                before.announce(second);
                before.send(ROWS.subList(0, Math.min(killed, 30)));
                if (killed > 30) {
                    before.announce(withdrawn);
                    before.send(ROWS.subList(30, killed));
                }
                state = before.snapshot(1);
                scores = before.scores();
                before.send(ROWS.subList(killed, Math.min(60, killed + 5)));
            }
            KnownReleases known = killed == 50 ? KnownReleases.NONE : () -> List.of(first, withdrawn);
            try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(8), known, state)) {
                after.send(ROWS.subList(killed, 60));
                after.endInput();
                scores.addAll(after.scores());
            }
            requireSame(scores, undisturbed);
        }
    }

    @Test
    void withoutAModelBeforeRowsAreUnscoredFromTheEndOn() throws Exception {
        try (ScoringHarness harness = harness(1)) {
            harness.announce(withdrawn);
            harness.send(ROWS);
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(60);
            for (Score score : scores) {
                boolean isCovered = score.eventTime() >= 20_000 && score.eventTime() < 40_000;
                assertThat(score.modelVersion()).isEqualTo(isCovered ? 2 : Score.NO_MODEL);
                if (score.eventTime() >= 40_000) {
                    assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START);
                }
            }
        }
    }

    @Test
    void howeverManyModelsAreWithdrawnTheModelInForceStays() throws Exception {
        List<ModelRelease> releases = new ArrayList<>(List.of(first));
        for (int version = 2; version <= 20; version++) {
            long from = version * 2_000L;
            releases.add(ended(release(version, from, SEED + version), from + 1_000));
        }
        try (ScoringHarness harness = harness(1)) {
            for (ModelRelease release : releases) {
                harness.announce(release);
            }
            requireTheLastAndTheFirst(harness);
        }
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1), () -> releases, null)) {
            requireTheLastAndTheFirst(harness);
        }
    }

    private static void requireTheLastAndTheFirst(ScoringHarness harness) throws Exception {
        List<Long> kept = new ArrayList<>(List.of(1L));
        kept.addAll(LongStream.rangeClosed(14, 20).boxed().toList());
        assertThat(harness.releasesInState()).isEqualTo(kept);
        harness.send(ROWS);
        List<Score> scores = harness.scores();
        assertThat(scores.get(59).modelVersion()).isEqualTo(1);
        assertThat(scores).anyMatch(score -> score.modelVersion() == 20);
    }

    @Test
    void aModelThatIsWithdrawnWithoutAnEndIsGoneAndStaysGone() throws Exception {
        ModelRelease gone = second.inStage(ReleaseStage.RETIRED, 20_000, ModelRelease.NO_END, 9);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1), () -> List.of(first, gone), null)) {
            // An older announcement, from the beginning of the topic.
            harness.announce(second);
            assertThat(harness.releasesInState()).containsExactly(1L);
            harness.announce(second.inStage(ReleaseStage.CHAMPION, 30_000, ModelRelease.NO_END, 10));
            assertThat(harness.releasesInState()).containsExactly(1L, 2L);
        }
    }

    @Test
    void aPendingModelThatIsWithdrawnIsNotAwaitedAfterItsEnd() throws Exception {
        Files.move(path(second), folder.resolve("away"));
        try (ScoringHarness harness = harness(1)) {
            harness.announce(first);
            harness.announce(second);
            harness.announce(withdrawn);
            harness.watermark(39_999);
            assertThat(harness.status().pending()).isEqualTo(1);
            harness.watermark(40_000);
            assertThat(harness.status().pending()).isZero();
            assertThat(harness.releasesInState()).containsExactly(1L);
        }
    }

    @Test
    void aPendingModelBeforeAWithdrawnOneIsStillAwaited() throws Exception {
        Files.move(path(first), folder.resolve("away"));
        try (ScoringHarness harness = harness(1)) {
            harness.announce(first);
            harness.announce(withdrawn);
            harness.watermark(50_000);
            assertThat(harness.status().pending()).isEqualTo(1);
        }
    }

    @Test
    void ofTwoModelsOfOneVersionAllSubtasksTakeTheOneThatWasAnnouncedLater() throws Exception {
        ModelRelease one = release(2, 0, 100);
        ModelRelease other = release(2, 0, 101).inStage(ReleaseStage.CHAMPION, 0, ModelRelease.NO_END, 1);
        List<Score> inOrder = scoresOf(one, other);
        List<Score> reversed = scoresOf(other, one);
        assertThat(reversed).isEqualTo(inOrder);
        assertThat(inOrder).isEqualTo(scoresOf(other));
        assertThat(inOrder).isNotEqualTo(scoresOf(one));
    }

    @Test
    void anEntityNeverKeepsTheBaselineOfAnotherModelOfItsVersion() throws Exception {
        ModelRelease one = release(2, 0, 100);
        ModelRelease other = release(2, 0, 101).inStage(ReleaseStage.CHAMPION, 0, ModelRelease.NO_END, 1);
        List<Score> fresh = new ArrayList<>();
        try (ScoringHarness harness = harness(1)) {
            harness.send(ROWS.subList(0, 30));
            harness.announce(other);
            harness.send(ROWS.subList(30, 60));
            fresh.addAll(harness.scores().subList(30, 60));
        }
        OperatorSubtaskState state;
        try (ScoringHarness before = harness(1)) {
            before.announce(one);
            before.send(ROWS.subList(0, 30));
            assertThat(before.scores())
                    .filteredOn(score -> score.unscoredReason() == null)
                    .isNotEmpty()
                    .allMatch(score -> one.identity().shortHash().equals(score.modelHash()));
            state = before.snapshot(1);
            before.announce(other);
            before.send(ROWS.subList(30, 60));
            requireFresh(before.scores(), fresh, other);
        }
        // Also if the other model is found at a restart.
        try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(1), () -> List.of(other), state)) {
            after.send(ROWS.subList(30, 60));
            requireFresh(after.scores(), fresh, other);
        }
    }

    /** The runs of equal values do not begin anew with a model, so scores are compared, not whole records. */
    private static void requireFresh(List<Score> scores, List<Score> fresh, ModelRelease model) {
        assertThat(scores).allMatch(score -> model.identity().shortHash().equals(score.modelHash()));
        assertThat(scores.stream().map(Score::score).toList())
                .isEqualTo(fresh.stream().map(Score::score).toList());
        assertThat(scores.stream().map(Score::threshold).toList())
                .isEqualTo(fresh.stream().map(Score::threshold).toList());
    }

    private static List<Score> scoresOf(ModelRelease... releases) throws Exception {
        try (ScoringHarness harness = harness(1)) {
            for (ModelRelease release : releases) {
                harness.announce(release);
            }
            assertThat(harness.metrics().modelConflicts.getCount()).isEqualTo(releases.length - 1);
            harness.send(ROWS);
            return harness.scores();
        }
    }

    /** The end is announced after the 30th row. */
    private List<Score> live(int batchSize) throws Exception {
        try (ScoringHarness harness = harness(batchSize)) {
            harness.announce(first);
            harness.announce(second);
            harness.send(ROWS.subList(0, 30));
            harness.announce(withdrawn);
            harness.send(ROWS.subList(30, 60));
            harness.endInput();
            List<Score> scores = harness.scores();
            requireVersions(scores);
            return scores;
        }
    }

    private static void requireVersions(List<Score> scores) {
        for (Score score : scores) {
            if (score.unscoredReason() == null) {
                boolean isSecond = score.eventTime() >= 20_000 && score.eventTime() < 40_000;
                assertThat(score.modelVersion()).isEqualTo(isSecond ? 2 : 1);
            }
        }
    }

    /** Batches are cut differently after a restore, and a BLAS sums in another order for another size. */
    private static void requireSame(List<Score> scores, List<Score> expected) {
        assertThat(scores.stream().map(Score::sourceOffset).toList())
                .isEqualTo(expected.stream().map(Score::sourceOffset).toList());
        for (int i = 0; i < scores.size(); i++) {
            assertThat(scores.get(i).modelVersion()).isEqualTo(expected.get(i).modelVersion());
            assertThat(scores.get(i).modelHash()).isEqualTo(expected.get(i).modelHash());
            assertThat(scores.get(i).verdict()).isEqualTo(expected.get(i).verdict());
            if (expected.get(i).unscoredReason() == null) {
                assertThat(scores.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
            }
        }
    }

    private ModelRelease release(long version, long effectiveFrom, long seed) {
        return models.release(
                version, effectiveFrom, TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, seed));
    }

    private static ModelRelease ended(ModelRelease release, long effectiveTo) {
        return release.inStage(ReleaseStage.RETIRED, release.effectiveFrom(), effectiveTo, release.announcedAt() + 1);
    }

    private static ScoringHarness harness(int batchSize) throws Exception {
        return new ScoringHarness(ScoringHarness.options(batchSize));
    }

    private static Path path(ModelRelease release) {
        return Path.of(URI.create(release.artifact().uri()));
    }
}
