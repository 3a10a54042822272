package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.testing.RandomizedTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that lack features, through the operator. */
final class MissingFeaturesTest extends RandomizedTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = MissingPolicy.class,
            names = {"HOLD", "INTERPOLATE", "IGNORE"})
    void whatIsMissingIsNamedAndNotJudged(MissingPolicy policy, RandomGenerator random) throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(1500, 6, random.nextLong());
        List<List<String>> missing = new ArrayList<>();
        int lacking = 0;
        for (ObservationRow row : rows) {
            List<String> names = new ArrayList<>();
            boolean all = random.nextInt(50) == 0;
            for (int j = 0; j < ScoringHarness.FEATURES; j++) {
                if (all || random.nextInt(10) == 0) {
                    row.values()[j] = Float.NaN;
                    names.add("f" + j);
                }
            }
            missing.add(names);
            lacking += names.isEmpty() ? 0 : 1;
        }
        try (ScoringHarness harness = harness(policy, 16)) {
            harness.send(rows);
            harness.endInput();
            List<Score> scores = harness.scores();
            assertThat(scores).hasSize(rows.size());
            int judged = 0;
            for (int i = 0; i < scores.size(); i++) {
                Score score = scores.get(i);
                if (score.verdict() != Verdict.UNSCORED) {
                    judged++;
                    assertThat(score.imputed()).isEqualTo(missing.get(i));
                    List<String> present = new ArrayList<>(
                            TestingModels.features(ScoringHarness.FEATURES).names());
                    present.removeAll(missing.get(i));
                    assertThat(score.contributions())
                            .extracting(Contribution::feature)
                            .containsExactlyInAnyOrderElementsOf(present);
                    ScoreChecks.assertFinite(score);
                }
            }
            assertThat(judged).isEqualTo(rows.size() - 6 * (ScoringHarness.WINDOW - 1));
            assertThat(harness.metrics().imputed.getCount()).isEqualTo(lacking).isPositive();
        }
    }

    @Test
    void thePoliciesPutDifferentValuesIntoTheWindow() throws Exception {
        List<Double> next = new ArrayList<>();
        for (MissingPolicy policy :
                new MissingPolicy[] {MissingPolicy.HOLD, MissingPolicy.INTERPOLATE, MissingPolicy.IGNORE}) {
            List<ObservationRow> rows = ScoringHarness.rows(20, 1, 5);
            rows.get(17).values()[1] = 40;
            rows.get(18).values()[1] = Float.NaN;
            try (ScoringHarness harness = harness(policy, 1)) {
                harness.send(rows);
                List<Score> scores = harness.scores();
                assertThat(scores.get(18).imputed()).containsExactly("f1");
                // What was filled in is context of the row behind it.
                next.add(scores.get(19).alarmScore());
            }
        }
        assertThat(next).doesNotHaveDuplicates();
    }

    @Test
    void aRowThatLacksAFeatureIsAsStrangeAsItsOthers() throws Exception {
        List<ObservationRow> rows = ScoringHarness.rows(60, 1, 5);
        rows.get(50).values()[1] = 1e6f;
        double broken;
        try (ScoringHarness harness = harness(MissingPolicy.HOLD, 1)) {
            harness.send(rows);
            broken = harness.scores().get(50).alarmScore();
        }
        rows.get(50).values()[1] = Float.NaN;
        try (ScoringHarness harness = harness(MissingPolicy.HOLD, 1)) {
            harness.send(rows);
            List<Score> scores = harness.scores();
            assertThat(scores.get(50).alarmScore()).isLessThan(broken - 5);
            assertThat(scores.get(50).contributions().stream()
                            .mapToDouble(Contribution::share)
                            .sum())
                    .isCloseTo(1, within(1e-5));
        }
    }

    private ScoringHarness harness(MissingPolicy policy, int batch) throws Exception {
        ScoringHarness harness = new ScoringHarness(
                ScoringHarness.options(batch, Duration.ZERO, LatePolicy.MARK, 1000, DuplicatePolicy.REPEAT, policy));
        harness.announce(new TestingModels(folder)
                .release(1, 0, TestingModels.model(ScoringHarness.FEATURES, ScoringHarness.WINDOW, 1)));
        return harness;
    }
}
