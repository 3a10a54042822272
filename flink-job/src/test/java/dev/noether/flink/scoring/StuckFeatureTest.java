package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that no longer moves. */
final class StuckFeatureTest {
    private static final int FEATURES = ScoringHarness.FEATURES;
    private static final int ROWS = 200;
    private static final int STUCK = 2;
    private static final int FROM = 100;
    private static final int TO = 150;
    private static final RepeatLaw LAW =
            new RepeatLaw(Collections.nCopies(FEATURES, new RepeatCounts(100_000, 0, 0, 0, 1)));
    /** The harness' budget is one alarm in a hundred rows. */
    private static final int LIMIT = new RepeatLimits(LAW, 0.01).limit(STUCK);

    @TempDir
    Path folder;

    @Test
    void isToldFromItsLimitOnWhileItLastsAndChangesNothingElse() throws Exception {
        List<Score> scores = run(rows(), LAW, 16, -1);
        assertThat(scores).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            int observations = i - FROM + 2;
            boolean expected = observations >= LIMIT && i < TO;
            Score score = scores.get(i);
            assertThat(score.stuck()).as("row %d", i).hasSize(expected ? 1 : 0);
            if (expected) {
                StuckFeature stuck = score.stuck().get(0);
                assertThat(stuck.feature()).isEqualTo("f" + STUCK);
                assertThat(stuck.observations()).isEqualTo(observations);
                assertThat(stuck.pValue()).isPositive().isLessThanOrEqualTo(0.1 * 0.01 / FEATURES);
                assertThat(score.contributions())
                        .extracting(Contribution::feature)
                        .contains("f" + STUCK);
            }
        }
        List<Score> without = run(rows(), RepeatLaw.unknown(FEATURES), 16, -1);
        // The models differ, and so do their hashes.
        assertThat(scores.stream().map(StuckFeatureTest::moving))
                .containsExactlyElementsOf(
                        without.stream().map(StuckFeatureTest::moving).toList());
        assertThat(scores).extracting(Score::verdict).contains(Verdict.NORMAL);
    }

    @Test
    void aBatchOfOneRowAndARestoreSayTheSame() throws Exception {
        List<Score> scores = run(rows(), LAW, 16, -1);
        assertThat(stuck(run(rows(), LAW, 1, -1))).isEqualTo(stuck(scores));
        assertThat(stuck(run(rows(), LAW, 16, FROM + 4))).isEqualTo(stuck(scores));
    }

    @Test
    void repeatedAndLateRowsAndGapsAreNoStandingStill() throws Exception {
        List<ObservationRow> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[FEATURES];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < FEATURES; j++) {
                values[j] = j == 1 ? Float.NaN : (float) random.nextGaussian();
            }
            // Twice each, and the first feature is missing: what stands in for it is always the same.
            rows.add(row(i, values.clone()));
            rows.add(row(i, values.clone()));
            rows.add(row(Math.max(0, i - 30), values.clone()));
        }
        assertThat(run(rows, LAW, 16, -1))
                .hasSize(3 * ROWS)
                .allMatch(score -> score.stuck().isEmpty());
    }

    @Test
    void rowsThatComeBehindTheirTimeChangeNothing() throws Exception {
        List<ObservationRow> disturbed = new ArrayList<>();
        for (ObservationRow row : rows()) {
            disturbed.add(row);
            disturbed.add(new ObservationRow("entity-0", row.eventTime() - 500, 0, row.offset(), new float[FEATURES]));
        }
        List<Score> scores = run(disturbed, LAW, 16, -1, Duration.ofSeconds(2)).stream()
                .filter(score -> score.eventTime() % 1000 == 0)
                .toList();
        assertThat(stuck(scores)).isEqualTo(stuck(run(rows(), LAW, 16, -1)));
    }

    private static List<List<StuckFeature>> stuck(List<Score> scores) {
        return scores.stream().map(Score::stuck).toList();
    }

    private static Score moving(Score score) {
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
                score.suppressed());
    }

    /** Scores the rows; restored behind one of them, or never. */
    private List<Score> run(List<ObservationRow> rows, RepeatLaw law, int batch, int cut) throws Exception {
        return run(rows, law, batch, cut, Duration.ZERO);
    }

    private List<Score> run(List<ObservationRow> rows, RepeatLaw law, int batch, int cut, Duration disorder)
            throws Exception {
        ScoringOptions options = ScoringHarness.options(
                batch, disorder, LatePolicy.MARK, 100, DuplicatePolicy.REPEAT, MissingPolicy.HOLD);
        ModelArtifact model =
                TestingModels.model(FEATURES, ScoringHarness.WINDOW, 1).withRepeats(law);
        List<Score> scores = new ArrayList<>();
        ScoringHarness harness = harness(options, null);
        harness.announce(new TestingModels(folder).release(1, 0, model));
        for (int i = 0; i < rows.size(); i++) {
            harness.send(rows.get(i));
            if (i == cut) {
                OperatorSubtaskState state = harness.snapshot(1);
                scores.addAll(harness.scores());
                harness.close();
                harness = harness(options, state);
            }
        }
        harness.endInput();
        scores.addAll(harness.scores());
        harness.close();
        return scores;
    }

    private static ScoringHarness harness(ScoringOptions options, @Nullable OperatorSubtaskState state)
            throws Exception {
        return new ScoringHarness(options, KnownReleases.NONE, state);
    }

    /** Everything moves, but for one feature, which repeats its value from one row to another. */
    private static List<ObservationRow> rows() {
        SplittableRandom random = new SplittableRandom(7);
        List<ObservationRow> rows = new ArrayList<>();
        float held = 0;
        for (int i = 0; i < ROWS; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian();
            }
            if (i >= FROM && i < TO) {
                values[STUCK] = held;
            }
            held = values[STUCK];
            rows.add(row(i, values));
        }
        return rows;
    }

    private static ObservationRow row(int second, float[] values) {
        return new ObservationRow("entity-0", second * 1000L, 0, second, values);
    }
}
