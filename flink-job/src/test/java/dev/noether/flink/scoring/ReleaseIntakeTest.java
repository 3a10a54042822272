package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.testing.Patience;
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

/** Releases whose files are away, late, damaged or gone, in the real operator with real files. */
final class ReleaseIntakeTest {
    private static final long SEED = 11;
    private static final List<ObservationRow> ROWS = ScoringHarness.rows(40, 1, SEED);

    @TempDir
    Path folder;

    private TestingModels models;
    private long clock;

    @BeforeEach
    void store() {
        models = new TestingModels(folder);
    }

    @Test
    void aReleaseWhoseFileIsAwayIsPendingAndScoresAsSoonAsItIsBack() throws Exception {
        ModelRelease second = release(2, 10_000);
        hide(second);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release(1, 0));
            harness.announce(second);
            harness.send(ROWS.subList(0, 20));
            assertThat(versions(harness)).containsOnly(1L);
            assertThat(harness.status().pending()).isEqualTo(1);
            assertThat(harness.status().problem()).startsWith("model 2 pending: there is no file file:");
            assertThat(harness.metrics().modelsRefused.getCount()).isZero();
            harness.setProcessingTime(clock = 90_000);
            assertThat(harness.status().seconds(clock)).isEqualTo(90);
            bringBack(second);
            awaitVersion(harness, 2);
            assertThat(harness.metrics().modelSwaps.getCount()).isEqualTo(1);
            harness.send(ROWS.subList(20, 40));
            assertThat(versions(harness)).containsOnly(2L);
        }
    }

    @Test
    void aPendingReleaseSurvivesACheckpoint() throws Exception {
        ModelRelease second = release(2, 10_000);
        hide(second);
        OperatorSubtaskState state;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
            before.announce(release(1, 0));
            before.announce(second);
            state = before.snapshot(1);
        }
        bringBack(second);
        try (ScoringHarness after = restored(state)) {
            after.send(ROWS);
            assertThat(versions(after)).containsExactly(1L, 2L);
            assertThat(after.status().pending()).isZero();
        }
    }

    @Test
    void aFileThatIsNotWrittenToItsEndIsPendingAndOneThatIsTooLongIsRefused() throws Exception {
        byte[] bytes = ArtifactCodec.encode(TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, 2));
        Path file = folder.resolve("growing.avro");
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(announcing(2, file, bytes, bytes.length));
            assertThat(harness.status().problem())
                    .contains("has only " + bytes.length / 2 + " of " + bytes.length + " announced bytes");
            Files.write(file, bytes);
            awaitVersion(harness, 2);
            harness.announce(announcing(3, file, bytes, bytes.length - 1));
            assertThat(harness.status().problem())
                    .isEqualTo("model 3 refused: the file has " + bytes.length + " bytes, announced are "
                            + (bytes.length - 1));
            harness.announce(announcing(4, file, bytes, 1L << 40));
            assertThat(harness.status().problem()).startsWith("model 4 refused").contains("at most 268435456");
            assertThat(harness.metrics().modelsRefused.getCount()).isEqualTo(2);
        }
    }

    @Test
    void theReasonOfARefusalIsShownUntilALaterModelIsInForce() throws Exception {
        ModelRelease damaged = release(2, 0);
        Files.write(path(damaged), new byte[] {1, 2, 3});
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(damaged);
            assertThat(harness.status().problem())
                    .startsWith("model 2 refused: SHA-256 is 039058c6f2c0cb492c533b0a4d14");
            assertThat(harness.releasesInState()).isEmpty();
            // The topic may be read again; the same release is refused, and counted, once.
            harness.announce(damaged);
            assertThat(harness.metrics().modelsRefused.getCount()).isEqualTo(1);
            harness.announce(release(3, 0));
            assertThat(harness.status().problem()).isEmpty();
        }
    }

    @Test
    void onlyTheReleasesInForceAreStateAndARestoreNeedsNoOthers() throws Exception {
        List<ModelRelease> twelve = releases(12);
        OperatorSubtaskState state;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
            for (ModelRelease release : twelve) {
                before.announce(release);
            }
            assertThat(before.releasesInState())
                    .isEqualTo(LongStream.rangeClosed(5, 12).boxed().toList());
            assertThat(before.metrics().modelSwaps.getCount()).isEqualTo(11);
            // Older than all of them: not loaded, not state, no swap.
            before.announce(release(13, -5));
            assertThat(before.releasesInState()).doesNotContain(13L).hasSize(8);
            assertThat(before.metrics().modelSwaps.getCount()).isEqualTo(11);
            state = before.snapshot(1);
        }
        for (ModelRelease release : twelve.subList(0, 4)) {
            hide(release);
        }
        try (ScoringHarness after = restored(state)) {
            after.send(ROWS.subList(15, 40));
            assertThat(versions(after)).last().isEqualTo(12L);
        }
    }

    @Test
    void aFreshStartReadsTheNewestOnlyAndTheTopicChangesNothing() throws Exception {
        List<ModelRelease> twelve = releases(12);
        for (ModelRelease release : twelve.subList(0, 4)) {
            Files.write(path(release), new byte[] {1, 2, 3});
        }
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1), () -> List.copyOf(twelve), null)) {
            assertThat(harness.releasesInState())
                    .isEqualTo(LongStream.rangeClosed(5, 12).boxed().toList());
            for (ModelRelease release : twelve) {
                harness.announce(release);
            }
            assertThat(harness.metrics().modelsRefused.getCount()).isZero();
            assertThat(harness.metrics().modelSwaps.getCount()).isZero();
            assertThat(harness.releasesInState()).hasSize(8);
            // Model 1 scored from 0 s, model 5 from 4 s: the first rows take the oldest model that is kept.
            harness.send(ROWS.subList(0, 20));
            assertThat(versions(harness)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        }
    }

    @Test
    void aRestoreReadsTheTopicBeforeTheFirstRow() throws Exception {
        ModelRelease first = release(1, 0);
        OperatorSubtaskState state;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
            before.announce(first);
            state = before.snapshot(1);
        }
        ModelRelease second = release(2, 5_000);
        try (ScoringHarness after =
                new ScoringHarness(ScoringHarness.options(1), () -> List.of(first, second), state)) {
            after.send(ROWS.subList(5, 35));
            assertThat(versions(after)).containsOnly(2L);
        }
        KnownReleases retired = () -> List.of(inStage(first, ReleaseStage.RETIRED), second);
        try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(1), retired, state)) {
            assertThat(after.releasesInState()).containsExactly(2L);
        }
    }

    @Test
    void aTopicThatCannotBeReadStopsAFreshStartButNotARestoredJob() throws Exception {
        KnownReleases broken = () -> {
            throw new IllegalStateException("no answer");
        };
        OperatorSubtaskState state;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
            before.announce(release(1, 0));
            state = before.snapshot(1);
        }
        try (ScoringHarness after = new ScoringHarness(ScoringHarness.options(1), broken, state)) {
            after.send(ROWS);
            assertThat(versions(after)).containsOnly(1L);
        }
        assertThatThrownBy(() -> new ScoringHarness(ScoringHarness.options(1), broken, null))
                .hasMessage("no answer");
    }

    @Test
    void aRestoreWithoutTheStoreRunsAndTakesItsModelsWhenTheyAreBack() throws Exception {
        ModelRelease first = release(1, 0);
        ModelRelease second = release(2, 10_000);
        OperatorSubtaskState state;
        try (ScoringHarness before = new ScoringHarness(ScoringHarness.options(1))) {
            before.announce(first);
            before.announce(second);
            state = before.snapshot(1);
        }
        hide(first);
        hide(second);
        try (ScoringHarness after = restored(state)) {
            after.send(ROWS.subList(0, 15));
            assertThat(after.scores())
                    .hasSize(15)
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START));
            assertThat(after.status().pending()).isEqualTo(2);
            assertThat(after.releasesInState()).containsExactly(1L, 2L);
            bringBack(first);
            bringBack(second);
            awaitVersion(after, 2);
            after.send(ROWS.subList(15, 40));
            assertThat(versions(after)).containsOnly(2L);
        }
        hide(second);
        try (ScoringHarness after = restored(state)) {
            after.send(ROWS);
            assertThat(versions(after)).containsOnly(1L);
            assertThat(after.status().problem()).startsWith("model 2 pending");
        }
    }

    @Test
    void anOlderModelScoresIfNoneOfTheNewestCanBeRead() throws Exception {
        List<ModelRelease> twelve = releases(12);
        for (ModelRelease release : twelve.subList(3, 12)) {
            hide(release);
        }
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1), () -> List.copyOf(twelve), null)) {
            assertThat(harness.status().pending()).isEqualTo(8);
            harness.send(ROWS);
            assertThat(versions(harness)).containsOnly(3L);
            for (ModelRelease release : twelve.subList(3, 12)) {
                bringBack(release);
            }
            awaitVersion(harness, 12);
            Patience.await(
                    "8 models",
                    () -> tick(harness).pending() == 0,
                    () -> harness.status().problem());
            assertThat(harness.releasesInState())
                    .isEqualTo(LongStream.rangeClosed(5, 12).boxed().toList());
        }
    }

    @Test
    void aPendingReleaseIsGivenUpWhenALaterModelIsInForce() throws Exception {
        ModelRelease second = release(2, 10_000);
        hide(second);
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release(1, 0));
            harness.announce(second);
            harness.announce(release(3, 20_000));
            harness.watermark(19_999);
            assertThat(harness.status().pending()).isEqualTo(1);
            harness.watermark(20_000);
            assertThat(harness.status().pending()).isZero();
            assertThat(harness.status().problem()).isEmpty();
            assertThat(harness.releasesInState()).containsExactly(1L, 3L);
        }
    }

    @Test
    void rowsDoNotWaitForAStoreThatHangs() throws Exception {
        HangingStore.hang();
        URI artifact = URI.create(HangingStore.SCHEME + ":" + folder.resolve("never.avro"));
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(1))) {
            harness.announce(release(1, 0));
            harness.announce(announcing(2, artifact, new byte[0], 0));
            harness.setProcessingTime(clock = 600_000);
            harness.send(ROWS);
            assertThat(versions(harness)).containsOnly(1L);
            assertThat(harness.status().problem()).isEqualTo("model 2 pending: the store does not answer");
            // Another file can be read meanwhile.
            harness.announce(release(3, 0));
            Patience.await(
                    "model 3",
                    () -> tick(harness).pending() == 1,
                    () -> harness.status().problem());
            assertThat(harness.status().seconds(clock)).isGreaterThanOrEqualTo(600);
            harness.send(ROWS.get(39));
            assertThat(versions(harness)).containsOnly(3L);
        } finally {
            HangingStore.goOn();
        }
    }

    private List<ModelRelease> releases(int count) {
        List<ModelRelease> releases = new ArrayList<>();
        for (int version = 1; version <= count; version++) {
            releases.add(release(version, (version - 1) * 1_000L));
        }
        return releases;
    }

    private ModelRelease release(long version, long effectiveFrom) {
        return models.release(
                version,
                effectiveFrom,
                TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED + version));
    }

    private static ModelRelease announcing(long version, Path file, byte[] bytes, long length) {
        return announcing(version, file.toUri(), bytes, length);
    }

    private static ModelRelease announcing(long version, URI file, byte[] bytes, long length) {
        ModelRelease release = TestingModels.release(
                version,
                0,
                file.toString(),
                ArtifactCodec.hash(bytes),
                TestingModels.features(ScoringHarness.FEATURES));
        return new ModelRelease(
                release.detector(),
                version,
                new ReleasedArtifact(
                        release.artifact().uri(), release.artifact().sha256(), length),
                release.featureSchemaFingerprint(),
                0,
                release.stage(),
                0,
                release.calibration(),
                release.provenance());
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

    private static ScoringHarness restored(OperatorSubtaskState state) throws Exception {
        return new ScoringHarness(ScoringHarness.options(1), KnownReleases.NONE, state);
    }

    /** Lets processing time pass until the newest loaded version is this one. */
    private void awaitVersion(ScoringHarness harness, long version) throws Exception {
        String pending = "model " + version + " pending";
        Patience.await(
                "model " + version + " in force",
                () -> !tick(harness).problem().startsWith(pending),
                () -> harness.status().problem());
    }

    private ReleaseStatus tick(ScoringHarness harness) throws Exception {
        clock += 61_000;
        harness.setProcessingTime(clock);
        return harness.status();
    }

    /** The versions of the models that made the scores since the last call, in the order of their first scores. */
    private static List<Long> versions(ScoringHarness harness) {
        return harness.scores().stream()
                .filter(score -> score.unscoredReason() == null)
                .map(Score::modelVersion)
                .distinct()
                .toList();
    }

    private static Path path(ModelRelease release) {
        return Path.of(URI.create(release.artifact().uri()));
    }

    private static void hide(ModelRelease release) throws Exception {
        Files.move(path(release), Path.of(path(release) + ".away"));
    }

    private static void bringBack(ModelRelease release) throws Exception {
        Files.move(Path.of(path(release) + ".away"), path(release));
    }
}
