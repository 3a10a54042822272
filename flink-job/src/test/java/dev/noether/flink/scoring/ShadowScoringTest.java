package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowScore;
import dev.noether.testing.RandomizedTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A challenger judges rows beside the champion: it changes nothing of the champion, and judges as if it were alone. */
final class ShadowScoringTest extends RandomizedTest {
    private static final int ROWS = 600;
    private static final int ENTITIES = 7;
    private static final long FROM = 200_000;
    private static final long TO = 450_000;

    @TempDir
    Path folder;

    private List<ObservationRow> rows;
    private ModelRelease champion;
    private ModelRelease later;
    private ModelRelease challenger;

    @BeforeEach
    void stream() {
        long seed = random().nextInt(1 << 20);
        rows = oddRows(seed);
        champion = release(1, 0, seed + 1);
        later = release(2, 350_000, seed + 2);
        challenger = shadow(release(3, 0, seed + 3), FROM, TO, 5);
    }

    /** Some rows are late, repeated, out of order or lack a value. */
    private static List<ObservationRow> oddRows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ObservationRow> rows = new ArrayList<>();
        for (ObservationRow row : ScoringHarness.rows(ROWS, ENTITIES, seed)) {
            long time = row.eventTime();
            int kind = random.nextInt(12);
            if (kind == 0 && !rows.isEmpty()) {
                ObservationRow before = rows.get(rows.size() - 1 - random.nextInt(Math.min(rows.size(), 20)));
                rows.add(new ObservationRow(
                        before.entity(),
                        before.eventTime(),
                        0,
                        rows.size(),
                        before.values().clone()));
                continue;
            }
            if (kind == 1) {
                time -= random.nextInt(30_000);
            }
            double[] values = row.values().clone();
            if (kind == 2) {
                values[random.nextInt(values.length)] = Float.NaN;
            }
            if (kind == 3) {
                values[0] += 50;
            }
            rows.add(new ObservationRow(row.entity(), Math.max(0, time), 0, rows.size(), values));
        }
        return rows;
    }

    @Test
    void theChampionsScoresAndStatesAreThoseWithoutAShadow() throws Exception {
        for (int batchSize : new int[] {1, 8, 64}) {
            for (DuplicatePolicy duplicates : DuplicatePolicy.values()) {
                ScoringOptions options = options(batchSize, duplicates);
                try (ScoringHarness alone = new ScoringHarness(options);
                        ScoringHarness both = new ScoringHarness(options)) {
                    both.announce(challenger);
                    for (ScoringHarness harness : List.of(alone, both)) {
                        harness.announce(champion);
                        harness.announce(later);
                        harness.send(rows);
                        harness.endInput();
                    }
                    List<Score> scores = both.scores();
                    assertThat(scores).anyMatch(score -> score.shadow() != null);
                    assertThat(scores.stream().map(ShadowScoringTest::plain).toList())
                            .isEqualTo(alone.scores());
                    for (String entity : alone.entities()) {
                        EntityState state = both.state(entity);
                        state.setChallenger(null);
                        assertThat(bytes(state)).isEqualTo(bytes(alone.state(entity)));
                    }
                    assertThat(both.metrics().anomalous.getCount())
                            .isEqualTo(alone.metrics().anomalous.getCount());
                }
            }
        }
    }

    @Test
    void theChallengerJudgesAsItWouldAlone() throws Exception {
        ModelRelease alone = challenger.inStage(ReleaseStage.RETIRED, FROM, TO, 5);
        ScoringOptions options = options(1, DuplicatePolicy.REPEAT);
        try (ScoringHarness shadowed = new ScoringHarness(options);
                ScoringHarness inForce = new ScoringHarness(options)) {
            shadowed.announce(champion);
            shadowed.announce(challenger);
            inForce.announce(champion);
            inForce.announce(alone);
            for (ScoringHarness harness : List.of(shadowed, inForce)) {
                harness.send(rows);
            }
            List<Score> beside = shadowed.scores();
            List<Score> own = inForce.scores();
            int compared = 0;
            for (int i = 0; i < own.size(); i++) {
                ShadowScore shadow = beside.get(i).shadow();
                if (own.get(i).modelVersion() == 3) {
                    assertThat(shadow).as("row %d", i).isNotNull();
                    assertThat(shadow.verdict()).isEqualTo(own.get(i).verdict());
                    assertThat(shadow.modelHash()).isEqualTo(own.get(i).modelHash());
                    // A missing value is filled in by the model in force, so the windows differ a little after one.
                    compared += shadow.pValue() == own.get(i).pValue() ? 1 : 0;
                } else {
                    assertThat(shadow).isNull();
                }
            }
            assertThat(compared).isGreaterThan(100);
            assertThat(shadowed.metrics().shadowScored.getCount())
                    .isEqualTo(beside.stream().filter(s -> s.shadow() != null).count());
            assertThat(shadowed.metrics().shadowAnomalous.getCount())
                    .isEqualTo(own.stream()
                            .filter(score -> score.modelVersion() == 3
                                    && score.verdict().name().equals("ANOMALOUS"))
                            .count());
        }
    }

    @Test
    void aKillInTheShadowChangesNothing() throws Exception {
        List<Score> undisturbed = run(8, ROWS, false);
        for (int killed : new int[] {100, 250, 300, 449, 520}) {
            requireSame(run(8, killed, false), undisturbed);
            requireSame(run(8, killed, true), undisturbed);
        }
    }

    @Test
    void anotherParallelismAndOtherMicroBatchesGiveTheSame() throws Exception {
        List<Score> live = run(8, ROWS, false);
        KnownReleases known = () -> List.of(champion, challenger);
        for (int subtasks : new int[] {1, 2, 3}) {
            List<Score> scores = new ArrayList<>();
            for (int subtask = 0; subtask < subtasks; subtask++) {
                ScoringOptions options = options(subtasks == 2 ? 64 : 3, DuplicatePolicy.REPEAT);
                try (ScoringHarness harness = ScoringHarness.subtask(options, known, subtasks, subtask)) {
                    for (ObservationRow row : rows) {
                        if (ScoringHarness.subtaskOf(row, subtasks) == subtask) {
                            harness.send(row);
                        }
                    }
                    harness.endInput();
                    scores.addAll(harness.scores());
                }
            }
            scores.sort(Comparator.comparingLong(Score::sourceOffset));
            requireSame(scores, live);
        }
    }

    @Test
    void theChallengerIsInTheCheckpointAlsoForAnotherParallelism() throws Exception {
        List<Score> undisturbed = run(8, ROWS, false);
        OperatorSubtaskState state;
        List<Score> scores;
        try (ScoringHarness harness = new ScoringHarness(options(8, DuplicatePolicy.REPEAT))) {
            harness.announce(champion);
            harness.announce(challenger);
            harness.send(rows.subList(0, 300));
            state = harness.snapshot(1);
            assertThat(harness.releasesInState()).containsExactly(1L, 3L);
            scores = harness.scores();
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            // The models topic cannot tell it: the releases come from the checkpoint.
            try (ScoringHarness harness =
                    ScoringHarness.rescaled(options(8, DuplicatePolicy.REPEAT), state, 2, subtask)) {
                for (ObservationRow row : rows.subList(300, ROWS)) {
                    if (ScoringHarness.subtaskOf(row, 2) == subtask) {
                        harness.send(row);
                    }
                }
                harness.endInput();
                scores.addAll(harness.scores());
            }
        }
        scores.sort(Comparator.comparingLong(Score::sourceOffset));
        requireSame(scores, undisturbed);
    }

    @Test
    void afterTheDecisionNothingOfTheShadowIsLeft() throws Exception {
        for (ReleaseStage stage : new ReleaseStage[] {ReleaseStage.REFUSED, ReleaseStage.CHALLENGER}) {
            ScoringOptions options = options(1, DuplicatePolicy.REPEAT);
            try (ScoringHarness harness = new ScoringHarness(options)) {
                harness.announce(champion);
                harness.announce(challenger);
                harness.send(rows.subList(0, 350));
                harness.announce(challenger.inStage(stage, FROM, ModelRelease.NO_END, 9));
                // The source may read an older announcement again.
                harness.announce(challenger);
                assertThat(harness.releasesInState()).containsExactly(1L);
                harness.scores();
                harness.send(rows.subList(350, ROWS));
                assertThat(harness.scores()).allMatch(score -> score.shadow() == null);
                for (String entity : harness.entities()) {
                    assertThat(harness.state(entity).challenger()).isNull();
                    assertThat(bytes(harness.state(entity))[0]).isEqualTo((byte) 4);
                }
            }
        }
    }

    @Test
    void aPromotedChallengerScoresAndRaises() throws Exception {
        try (ScoringHarness harness = new ScoringHarness(options(8, DuplicatePolicy.REPEAT))) {
            harness.announce(champion);
            harness.announce(challenger);
            harness.send(rows.subList(0, 500));
            harness.announce(challenger.inStage(ReleaseStage.CHAMPION, 520_000, ModelRelease.NO_END, 9));
            harness.scores();
            harness.send(rows.subList(500, ROWS));
            harness.endInput();
            assertThat(harness.releasesInState()).containsExactly(1L, 3L);
            List<Score> scores = harness.scores();
            assertThat(scores).allMatch(score -> score.shadow() == null).anyMatch(score -> score.modelVersion() == 3);
        }
    }

    @Test
    void theChallengerThatWasAnnouncedLastCountsInWhateverOrderTheyAreRead() throws Exception {
        ModelRelease other = shadow(release(4, 0, 99), FROM, TO, 6);
        for (List<ModelRelease> order : List.of(List.of(challenger, other), List.of(other, challenger))) {
            try (ScoringHarness harness = new ScoringHarness(options(1, DuplicatePolicy.REPEAT))) {
                harness.announce(champion);
                for (ModelRelease release : order) {
                    harness.announce(release);
                }
                harness.send(rows);
                assertThat(harness.scores().stream()
                                .filter(score -> score.shadow() != null)
                                .map(score -> score.shadow().modelVersion())
                                .distinct())
                        .containsExactly(4L);
                assertThat(harness.releasesInState()).containsExactly(1L, 4L);
            }
        }
    }

    @Test
    void aLongerRangeNeedsNoFile() throws Exception {
        try (ScoringHarness harness = new ScoringHarness(options(1, DuplicatePolicy.REPEAT))) {
            harness.announce(champion);
            harness.announce(challenger);
            harness.send(rows.subList(0, 300));
            Files.delete(path(challenger));
            harness.announce(challenger.inStage(ReleaseStage.CHALLENGER, FROM, Long.MAX_VALUE - 1, 9));
            harness.scores();
            harness.send(rows.subList(480, ROWS));
            assertThat(harness.scores()).allMatch(score -> score.unscoredReason() != null || score.shadow() != null);
        }
    }

    @Test
    void aChallengerWhoseFileIsMissingDoesNotTouchTheRows() throws Exception {
        Path away = Files.move(path(challenger), folder.resolve("away"));
        try (ScoringHarness harness = new ScoringHarness(options(1, DuplicatePolicy.REPEAT))) {
            harness.announce(champion);
            harness.announce(challenger);
            harness.send(rows.subList(0, 300));
            assertThat(harness.scores()).allMatch(score -> score.shadow() == null);
            Files.move(away, path(challenger));
            for (int i = 0; i < 200 && harness.metrics().shadowScored.getCount() == 0; i++) {
                Thread.sleep(5);
                harness.setProcessingTime((i + 1) * 2_000L);
                harness.send(rows.get(300 + i));
            }
            assertThat(harness.metrics().shadowScored.getCount()).isPositive();
        }
    }

    @Test
    void theCostIsMeasuredWhileThereIsAChallenger() throws Exception {
        try (ScoringHarness harness = new ScoringHarness(options(8, DuplicatePolicy.REPEAT))) {
            harness.announce(champion);
            harness.send(rows.subList(0, 200));
            assertThat(harness.shadow().cost()).isNaN();
            harness.announce(challenger);
            harness.send(rows.subList(200, 400));
            assertThat(harness.shadow().cost()).isPositive().isFinite();
            harness.announce(challenger.inStage(ReleaseStage.REFUSED, FROM, ModelRelease.NO_END, 9));
            assertThat(harness.shadow().cost()).isNaN();
        }
    }

    /** Both announcements come first; a kill loses 30 rows. */
    private List<Score> run(int batchSize, int killed, boolean isRocksDb) throws Exception {
        ScoringOptions options = options(batchSize, DuplicatePolicy.REPEAT);
        List<Score> scores;
        OperatorSubtaskState state;
        try (ScoringHarness harness =
                isRocksDb ? ScoringHarness.onRocksDb(options, null) : new ScoringHarness(options)) {
            harness.announce(champion);
            harness.announce(challenger);
            harness.send(rows.subList(0, killed));
            state = harness.snapshot(1);
            scores = harness.scores();
            harness.send(rows.subList(killed, Math.min(ROWS, killed + 30)));
        }
        try (ScoringHarness harness = isRocksDb
                ? ScoringHarness.onRocksDb(options, state)
                : new ScoringHarness(options, () -> List.of(challenger, champion), state)) {
            harness.send(rows.subList(killed, ROWS));
            harness.endInput();
            scores.addAll(harness.scores());
        }
        return scores;
    }

    /** A BLAS sums in another order for another number of rows. */
    private static void requireSame(List<Score> scores, List<Score> expected) {
        assertThat(scores).hasSameSizeAs(expected);
        for (int i = 0; i < scores.size(); i++) {
            Score found = scores.get(i);
            Score same = expected.get(i);
            assertThat(found.sourceOffset()).isEqualTo(same.sourceOffset());
            assertThat(found.verdict()).isEqualTo(same.verdict());
            assertThat(found.shadow() == null).as("row %d", i).isEqualTo(same.shadow() == null);
            if (same.shadow() != null) {
                assertThat(found.shadow().verdict()).isEqualTo(same.shadow().verdict());
                assertThat(found.shadow().pValue()).isCloseTo(same.shadow().pValue(), within(1e-5));
            }
        }
        assertThat(expected).anyMatch(score -> score.shadow() != null);
    }

    private static Score plain(Score score) {
        return new Score(
                score.detector(),
                score.entity(),
                score.windowStart(),
                score.windowEnd(),
                score.sourcePartition(),
                score.sourceOffset(),
                score.verdict(),
                score.unscoredReason(),
                score.score(),
                score.pValue(),
                score.threshold(),
                score.contributions(),
                score.imputed(),
                score.modelVersion(),
                score.alarmScore(),
                score.suppressed(),
                score.stuck(),
                score.shapeFinding(),
                score.modelHash());
    }

    private static byte[] bytes(EntityState state) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        EntityStateSerializer.INSTANCE.serialize(state, out);
        return out.getCopyOfBuffer();
    }

    private static ScoringOptions options(int batchSize, DuplicatePolicy duplicates) {
        return ScoringHarness.options(
                batchSize, Duration.ofSeconds(20), LatePolicy.SCORE, 1_000_000, duplicates, MissingPolicy.HOLD);
    }

    private static ModelRelease shadow(ModelRelease release, long from, long to, long announcedAt) {
        return release.inStage(ReleaseStage.CHALLENGER, from, to, announcedAt);
    }

    private static Path path(ModelRelease release) {
        return Path.of(URI.create(release.artifact().uri()));
    }

    private ModelRelease release(long version, long effectiveFrom, long seed) {
        return new TestingModels(folder)
                .release(
                        version,
                        effectiveFrom,
                        TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, seed));
    }
}
