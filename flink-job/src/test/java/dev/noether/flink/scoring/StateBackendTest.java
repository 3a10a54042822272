package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RocksDB hands out a new object at each look, the heap the one that it keeps: what the operator does not write back is
 * forgotten on the one and remembered on the other. The scores must not tell them apart.
 */
class StateBackendTest {
    private static final long SEED = Long.getLong("noether.seed", 20_261_126);
    private static final int ROWS = 3_000;
    private static final int ENTITIES = 60;
    /** Fewer than there are, so that some are forgotten and come back. */
    private static final int MOST_ENTITIES = 40;

    private static final Duration DISORDER = Duration.ofSeconds(30);
    private static final int BATCH = 32;

    @TempDir
    private Path folder;

    @Test
    void theScoresAreThoseOfTheHeap() throws Exception {
        List<Score> expected = scores(-1, StateBackendTest::onHeap);
        assertThat(scores(-1, ScoringHarness::onRocksDb)).isEqualTo(expected);
        assertThat(expected).hasSize(ROWS);
        assertThat(expected.stream().map(Score::modelVersion)).contains(1L, 2L);
        assertThat(expected.stream().map(Score::unscoredReason)).contains(UnscoredReason.WARM_UP, UnscoredReason.LATE);
        assertThat(expected.stream().filter(score -> !score.imputed().isEmpty()))
                .isNotEmpty();
    }

    @Test
    void theScoresAfterARestoreAreThoseOfTheHeap() throws Exception {
        // Where a batch ends: cut elsewhere, the batches differ, and with them the last bits of a matrix product.
        int cut = ROWS / 2 / BATCH * BATCH;
        assertThat(scores(cut, ScoringHarness::onRocksDb)).isEqualTo(scores(-1, StateBackendTest::onHeap));
    }

    private List<Score> scores(int cut, Start start) throws Exception {
        TestingModels models = new TestingModels(folder);
        ModelRelease first = models.release(1, 0, model(1));
        ModelRelease second = models.release(2, ROWS / 3 * 1_000L, model(2));
        List<ObservationRow> rows = rows();
        List<Score> scores = new ArrayList<>();
        ScoringHarness harness = start.from(options(), null);
        harness.announce(first);
        harness.announce(second);
        if (cut >= 0) {
            harness.send(rows.subList(0, cut));
            OperatorSubtaskState state = harness.snapshot(1);
            scores.addAll(harness.scores());
            harness.close();
            harness = start.from(options(), state);
        }
        harness.send(rows.subList(Math.max(0, cut), ROWS));
        harness.endInput();
        scores.addAll(harness.scores());
        assertThat(harness.entities()).hasSizeLessThanOrEqualTo(MOST_ENTITIES);
        harness.close();
        return scores;
    }

    private static ModelArtifact model(long seed) {
        return TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, SEED + seed);
    }

    private static ScoringHarness onHeap(ScoringOptions options, @Nullable OperatorSubtaskState state)
            throws Exception {
        return new ScoringHarness(options, KnownReleases.NONE, state);
    }

    private static ScoringOptions options() {
        return ScoringHarness.options(
                BATCH, DISORDER, LatePolicy.MARK, MOST_ENTITIES, DuplicatePolicy.REPEAT, MissingPolicy.HOLD);
    }

    /** In order for the most part; some late, some twice, some with a value missing. */
    private static List<ObservationRow> rows() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<ObservationRow> rows = new ArrayList<>();
        while (rows.size() < ROWS) {
            int i = rows.size();
            long time = i * 1_000L - (random.nextInt(10) == 0 ? random.nextLong(60_000) : 0);
            float[] values = new float[ScoringHarness.FEATURES];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            // The few come often, so that they repeat within a batch; the many are forgotten between two of their rows.
            String entity = "entity-" + random.nextInt(random.nextBoolean() ? 5 : ENTITIES);
            rows.add(new ObservationRow(entity, Math.max(0, time), 0, i, values));
            if (random.nextInt(30) == 0 && rows.size() < ROWS) {
                rows.add(new ObservationRow(entity, Math.max(0, time), 0, i + 1, values.clone()));
            }
        }
        return rows;
    }

    /** Makes a harness, from a state if there is one. */
    private interface Start {
        ScoringHarness from(ScoringOptions options, @Nullable OperatorSubtaskState state) throws Exception;
    }
}
