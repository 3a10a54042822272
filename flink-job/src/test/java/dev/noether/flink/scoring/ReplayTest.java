package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.testing.RandomizedTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream with two changes of models and a rollback, live with a kill, and then from the beginning with other
 * micro-batches and another parallelism: the same models make the same scores, and so the same incidents.
 */
final class ReplayTest extends RandomizedTest {
    private static final int ROWS = 1_200;
    private static final int ENTITIES = 12;
    private static final long SECOND = 1_000;
    /** Model 3 is withdrawn; model 2 takes over. */
    private static final long ROLLBACK = 900 * SECOND;

    @TempDir
    Path folder;

    private List<ObservationRow> rows;
    private ModelRelease first;
    private ModelRelease second;
    private ModelRelease third;
    private ModelRelease ended;

    @BeforeEach
    void stream() {
        long seed = random().nextInt(1 << 20);
        rows = ScoringHarness.rows(ROWS, ENTITIES, seed);
        first = release(1, 100 * SECOND, seed + 1);
        second = release(2, 400 * SECOND, seed + 2);
        third = release(3, 700 * SECOND, seed + 3);
        ended = third.inStage(ReleaseStage.RETIRED, third.effectiveFrom(), ROLLBACK, 1);
    }

    @Test
    void aReplayGivesTheSameScoresVersionsAndHashes() throws Exception {
        List<Score> live = live(32, ROWS);
        for (int killed : new int[] {150, 480, 720, 890, 950}) {
            requireSame(live(32, killed), live);
        }
        for (int batchSize : new int[] {1, 7, 256}) {
            for (int subtasks : new int[] {1, 2, 3}) {
                requireSame(replay(batchSize, subtasks), live);
            }
        }
        assertThat(live.stream()
                        .filter(score -> score.unscoredReason() == null)
                        .map(Score::modelVersion)
                        .distinct())
                .containsExactly(1L, 2L, 3L);
        assertThat(live.get(ROWS - 1).modelVersion()).isEqualTo(2);
    }

    /** The announcements come one after the other, before event time reaches them; a kill loses 40 rows. */
    private List<Score> live(int batchSize, int killed) throws Exception {
        List<Score> scores = new ArrayList<>();
        OperatorSubtaskState state;
        try (ScoringHarness harness = new ScoringHarness(ScoringHarness.options(batchSize))) {
            send(harness, 0, killed);
            state = harness.snapshot(1);
            scores.addAll(harness.scores());
            harness.send(rows.subList(killed, Math.min(ROWS, killed + 40)));
        }
        try (ScoringHarness harness =
                new ScoringHarness(ScoringHarness.options(batchSize), () -> announcedBefore(killed), state)) {
            // The source of the releases goes on from its position; here it reads all of them again.
            for (ModelRelease release : announcedBefore(killed)) {
                harness.announce(release);
            }
            send(harness, killed, ROWS);
            harness.endInput();
            scores.addAll(harness.scores());
        }
        return scores;
    }

    private void send(ScoringHarness harness, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            for (ModelRelease release : announcedAt(i)) {
                harness.announce(release);
            }
            harness.send(rows.get(i));
        }
    }

    private List<ModelRelease> announcedAt(int row) {
        return switch (row) {
            case 0 -> List.of(first);
            case 380 -> List.of(second);
            case 650 -> List.of(third);
            case 880 -> List.of(ended);
            default -> List.of();
        };
    }

    private List<ModelRelease> announcedBefore(int row) {
        List<ModelRelease> releases = new ArrayList<>();
        for (int i = 0; i < row; i++) {
            releases.addAll(announcedAt(i));
        }
        releases.removeIf(release -> release.equals(third) && row > 880);
        return releases;
    }

    private List<Score> replay(int batchSize, int subtasks) throws Exception {
        KnownReleases known = () -> List.of(first, second, ended);
        List<Score> scores = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (ScoringHarness harness =
                    ScoringHarness.subtask(ScoringHarness.options(batchSize), known, subtasks, subtask)) {
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
        return scores;
    }

    /** A BLAS sums in another order for another number of rows. */
    private static void requireSame(List<Score> scores, List<Score> expected) {
        assertThat(scores.stream().map(Score::sourceOffset).toList())
                .isEqualTo(expected.stream().map(Score::sourceOffset).toList());
        for (int i = 0; i < scores.size(); i++) {
            Score found = scores.get(i);
            Score same = expected.get(i);
            assertThat(found.modelVersion()).as("row %d", i).isEqualTo(same.modelVersion());
            assertThat(found.modelHash()).isEqualTo(same.modelHash());
            assertThat(found.verdict()).isEqualTo(same.verdict());
            if (same.unscoredReason() == null) {
                assertThat(found.score()).isCloseTo(same.score(), within(1e-5));
                assertThat(found.threshold()).isCloseTo(same.threshold(), within(1e-5));
            }
        }
    }

    private ModelRelease release(long version, long effectiveFrom, long seed) {
        return new TestingModels(folder)
                .release(
                        version,
                        effectiveFrom,
                        TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, seed));
    }
}
