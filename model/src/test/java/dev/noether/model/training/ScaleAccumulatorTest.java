package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.calibration.RunningScale;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ScaleAccumulatorTest extends RandomizedTest {
    private static final int FEATURES = 3;
    private static final int ENTITIES = 4;

    /** Compares with the mean and the mean squared deviation of the collected rows. */
    @Test
    void meanAndVarianceOfEachEntityAndOfAll() {
        RandomGenerator random = random();
        ScaleAccumulator accumulator = new ScaleAccumulator(ENTITIES, FEATURES);
        List<List<double[]>> rows = new ArrayList<>();
        for (int e = 0; e < ENTITIES; e++) {
            rows.add(new ArrayList<>());
        }
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            // The last entity has no row.
            int entity = random.nextInt(ENTITIES - 1);
            float[] observed = normals(random, FEATURES + 2);
            float[] predicted = normals(random, FEATURES + 1);
            accumulator.add(entity, observed, 2, predicted, 1);
            double[] residual = new double[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                residual[j] = (double) observed[2 + j] - predicted[1 + j];
            }
            rows.get(entity).add(residual);
            all.add(residual);
        }
        assertThat(accumulator.countOfAll()).isEqualTo(1000);
        assertScale(accumulator.ofAll(), all);
        for (int e = 0; e < ENTITIES - 1; e++) {
            assertThat(accumulator.count(e)).isEqualTo(rows.get(e).size());
            assertScale(accumulator.ofEntity(e), rows.get(e));
        }
        assertThat(accumulator.count(ENTITIES - 1)).isZero();
        assertThat(accumulator.ofEntity(ENTITIES - 1))
                .as("an entity without rows")
                .isEqualTo(accumulator.ofAll());
    }

    private static void assertScale(RunningScale scale, List<double[]> rows) {
        for (int j = 0; j < FEATURES; j++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[j];
            }
            double mean = sum / rows.size();
            double squares = 0;
            for (double[] row : rows) {
                squares += (row[j] - mean) * (row[j] - mean);
            }
            assertThat((double) scale.mean(j)).isCloseTo(mean, within(1e-6));
            assertThat((double) scale.variance(j)).isCloseTo(squares / rows.size(), within(1e-5));
        }
    }

    /** The difference of two large numbers must not become a negative variance. */
    @Test
    void equalValuesHaveNoVariance() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8)));
            ScaleAccumulator accumulator = new ScaleAccumulator(1, 1);
            for (int i = 0; i < 37; i++) {
                accumulator.add(0, new float[] {value}, 0, new float[1], 0);
            }
            RunningScale scale = accumulator.ofEntity(0);
            assertThat(scale.mean(0)).isCloseTo(value, within(1e-6f * Math.abs(value)));
            assertThat(scale.variance(0)).isBetween(0f, 1e-12f * value * value);
        }
    }
}
