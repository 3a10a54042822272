package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.scoring.Judgement;
import dev.noether.testing.RandomizedTest;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features that follow one load and groups of them that move together: small breaks of some features are found. */
final class ManyFeaturesTest extends RandomizedTest {
    private static final int FEATURES = 300;
    private static final int HISTORY = 3000;
    private static final int LIVE = 1000;
    private static final int BREAK = LIVE - 100;
    private static final int BREAK_ROWS = 60;

    /** Of one load with random weights, of the load of a group, and of noise with the variance 1. */
    static double[] rows(int features, int count, int groups, RandomGenerator random) {
        double[] weights = random.doubles(features, -2, 2).toArray();
        double[] rows = new double[count * features];
        double[] group = new double[Math.max(1, groups)];
        double load = 0;
        for (int i = 0; i < count; i++) {
            load = 0.9 * load + random.nextGaussian();
            for (int g = 0; g < groups; g++) {
                group[g] = 0.9 * group[g] + 0.3 * random.nextGaussian();
            }
            for (int j = 0; j < features; j++) {
                double common = j % 2 == 0 ? group[j / 2 % group.length] : 0;
                rows[i * features + j] = (float) (weights[j] * load + common + random.nextGaussian());
            }
        }
        return rows;
    }

    private static boolean isBroken(int feature, int broken) {
        // 7 has no factor in common with the number of features: all groups have broken ones.
        return 7 * feature % FEATURES < broken;
    }

    private static double[] withBreak(double[] rows, int broken, double size) {
        double[] changed = rows.clone();
        for (int i = HISTORY + BREAK; i < HISTORY + BREAK + BREAK_ROWS; i++) {
            for (int j = 0; j < FEATURES; j++) {
                changed[i * FEATURES + j] += isBroken(j, broken) ? size : 0;
            }
        }
        return changed;
    }

    /** Counts the broken features among those with the largest shares. */
    private static final class Causes implements Consumer<Judgement> {
        private final int broken;
        private int right;
        private int named;

        Causes(int broken) {
            this.broken = broken;
        }

        @Override
        public void accept(Judgement judgement) {
            if (judgement.isAnomalous()) {
                List<Integer> leading = IntStream.range(0, FEATURES)
                        .boxed()
                        .sorted(Comparator.comparingDouble(j -> -Math.abs(judgement.deviation(j))))
                        .limit(5)
                        .toList();
                right += leading.stream().filter(j -> isBroken(j, broken)).count();
                named += leading.size();
            }
        }
    }

    /** Before, 0, 0 and 2 of 60 rows were above the threshold. */
    @ParameterizedTest
    @CsvSource({"0, 15, 4, 45", "5, 15, 4, 40", "0, 75, 2, 45"})
    void aBreakOfSomeFeaturesIsFoundAndNamed(int groups, int broken, double size, int least, RandomGenerator random) {
        long seed = random.nextLong();
        double[] rows = rows(FEATURES, HISTORY + LIVE, groups, new SplittableRandom(seed));
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = SimulatedEntity.train(engine, rows, FEATURES, HISTORY, 1, 1);
            Causes causes = new Causes(broken);
            boolean[] alarms =
                    SimulatedEntity.judge(engine, model, withBreak(rows, broken, size), HISTORY, 1e-3, causes);
            long found = IntStream.range(BREAK, BREAK + BREAK_ROWS)
                    .filter(i -> alarms[i])
                    .count();
            long falseAlarms = IntStream.range(0, BREAK).filter(i -> alarms[i]).count();
            System.out.printf(
                    "%d groups, %d features by %.0f: %d of 60 rows, %d false, %d of %d causes right%n",
                    groups, broken, size, found, falseAlarms, causes.right, causes.named);
            assertThat(found).as("rows found, seed %d", seed).isGreaterThanOrEqualTo(least);
            assertThat(falseAlarms)
                    .as("false alarms, .9 promised, seed %d", seed)
                    .isLessThan(7);
            assertThat(causes.right).as("right causes, seed %d", seed).isGreaterThan(causes.named * 7 / 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"38, false", "64, true"})
    void fewFeaturesAreNotCounted(int features, boolean isCounted, RandomGenerator random) {
        double[] rows = rows(features, 1000, 1, random);
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = SimulatedEntity.train(engine, rows, features, 1000, 1, 1);
            assertThat(model.exceedances().features()).isEqualTo(isCounted ? features : 0);
        }
    }
}
