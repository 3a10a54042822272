package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the estimates with slow textbook versions of them. */
final class ScalingEstimatorTest extends RandomizedTest {
    @Test
    void theStandardScaleIsTheRootOfTheMeanSquaredDifferenceOfTwoRowsDividedByTwo() {
        RandomGenerator random = random();
        for (int round = 0; round < 50; round++) {
            int count = random.nextInt(2, 60);
            float[] rows = normals(random, count);
            double squares = 0;
            double sum = 0;
            for (float one : rows) {
                sum += one;
                for (float other : rows) {
                    squares += Math.pow((double) one - other, 2);
                }
            }
            Scaling scaling = ScalingEstimator.estimate(ScalingKind.STANDARD, rows, count, 1, null);
            assertThat((double) scaling.center()[0]).isCloseTo(sum / count, within(1e-6));
            assertThat((double) scaling.scale()[0]).isCloseTo(Math.sqrt(squares / 2 / count / count), within(1e-6));
        }
    }

    @Test
    void theRobustScaleIsTheRangeOfTheQuartilesButAtLeastATenthOfTheDeviation() {
        RandomGenerator random = random();
        boolean isBounded = false;
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(2, 80);
            float[] rows = normals(random, count);
            int bursts = random.nextInt(count);
            for (int i = 0; i < bursts && round % 2 == 0; i++) {
                rows[random.nextInt(count)] = round % 4 == 0 ? 3 : 3 + 1000 * random.nextFloat();
            }
            double deviation = ScalingEstimator.estimate(ScalingKind.STANDARD, rows, count, 1, null)
                    .scale()[0];
            double range = (quantile(rows, 0.75) - quantile(rows, 0.25)) / 1.349;
            Scaling scaling = ScalingEstimator.estimate(ScalingKind.ROBUST, rows, count, 1, null);
            double expected = Math.max(range, deviation / 10);
            isBounded |= range < deviation / 10;
            assertThat((double) scaling.center()[0]).isCloseTo(quantile(rows, 0.5), within(1e-6 * 1000));
            assertThat((double) scaling.scale()[0]).isCloseTo(expected, within(1e-5 * expected));
        }
        assertThat(isBounded).as("some bursts reach the bound").isTrue();
    }

    /** The value below which a share of the other values lie, found by counting; interpolated between two values. */
    private static double quantile(float[] values, double level) {
        double rank = level * (values.length - 1);
        double below = ranked(values, (int) Math.floor(rank));
        double above = ranked(values, (int) Math.ceil(rank));
        return below + (rank - Math.floor(rank)) * (above - below);
    }

    private static double ranked(float[] values, int rank) {
        for (float candidate : values) {
            int smaller = 0;
            int equal = 0;
            for (float value : values) {
                smaller += value < candidate ? 1 : 0;
                equal += value == candidate ? 1 : 0;
            }
            if (smaller <= rank && rank < smaller + equal) {
                return candidate;
            }
        }
        throw new AssertionError("no value has the rank " + rank);
    }

    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void eachFeatureIsEstimatedAlone(ScalingKind kind) {
        RandomGenerator random = random();
        int features = 4;
        int count = 57;
        float[] rows = normals(random, count * features + 3);
        float[] before = rows.clone();
        Scaling together = ScalingEstimator.estimate(kind, rows, count, features, null);
        assertThat(rows).as("the rows are only read").isEqualTo(before);
        for (int j = 0; j < features; j++) {
            float[] column = new float[count];
            for (int i = 0; i < count; i++) {
                column[i] = rows[i * features + j];
            }
            Scaling alone = ScalingEstimator.estimate(kind, column, count, 1, null);
            assertThat(together.center()[j]).isEqualTo(alone.center()[0]);
            assertThat(together.scale()[j]).isEqualTo(alone.scale()[0]);
        }
    }

    /** Another unit of a feature, such as bytes for megabytes, does not change its scaled values. */
    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void scaledValuesDoNotDependOnTheUnit(ScalingKind kind) {
        RandomGenerator random = random();
        float[] rows = normals(random, 101);
        float[] moved = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            moved[i] = 64 * rows[i] + 8;
        }
        Scaling scaling = ScalingEstimator.estimate(kind, rows, rows.length, 1, null);
        Scaling ofMoved = ScalingEstimator.estimate(kind, moved, rows.length, 1, null);
        for (int i = 0; i < rows.length; i++) {
            assertThat(ofMoved.toModel(0, moved[i])).isCloseTo(scaling.toModel(0, rows[i]), within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void aFeatureIsConstantIfItHasOneValueWhateverItsUnit(ScalingKind kind) {
        for (float unit : new float[] {1e-30f, 1e-9f, 1, 1e12f, 1e30f}) {
            float[] rows = {3 * unit, unit, 3 * unit, unit, 3 * unit, 2 * unit, 3 * unit, 0, 3 * unit, unit, 3 * unit, 0
            };
            Scaling scaling = ScalingEstimator.estimate(kind, rows, 6, 2, null);
            assertThat(scaling.scale()[0] / unit).as("a fiftieth of the value").isCloseTo(0.06f, within(1e-6f));
            assertThat(scaling.scale()[1] / unit).as("its spread").isBetween(0.3f, 1f);
        }
    }

    @ParameterizedTest
    @EnumSource(ScalingKind.class)
    void aFeatureThatWasAlwaysZeroHasNoUnit(ScalingKind kind) {
        Scaling scaling = ScalingEstimator.estimate(kind, new float[] {0, 1, -0f, 2, 0, 3}, 3, 2, null);
        assertThat(scaling.alwaysZero()).containsExactly(0);
        float[] row = {-1e-30f, 2};
        float[] scaled = new float[2];
        scaling.toModel(row, 0, scaled, 0);
        assertThat(scaled).containsExactly(-100, 0);
        assertThat(scaling.toModel(0, 1e30f)).isEqualTo(100);
        assertThat(scaling.toModel(0, 0)).isZero();
        assertThat(scaling.toRaw(0, 3)).isZero();
        float[] twice = {0, 2, 1e-3f, 3};
        scaling.repeated(2).toModel(twice);
        assertThat(twice).startsWith(0, 0, 100);
    }

    @Test
    void refusesTooFewValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalingEstimator.estimate(ScalingKind.STANDARD, new float[5], 2, 3, null))
                .withMessage("`rows` must hold at least one row of 3 (got 2 rows)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalingEstimator.estimate(ScalingKind.ROBUST, new float[5], 0, 3, null))
                .withMessage("`rows` must hold at least one row of 3 (got 0 rows)");
    }
}
