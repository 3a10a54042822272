package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScalingTest extends RandomizedTest {
    @Test
    void standardIsMeanAndDeviationOfEachFeature() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            int count = random.nextInt(1, 200);
            int features = random.nextInt(1, 6);
            float[] rows = rows(random, count, features);
            Scaling scaling = Scaling.fit(ScalingKind.STANDARD, rows, count, features);
            for (int j = 0; j < features; j++) {
                double[] column = column(rows, count, features, j);
                double mean = Arrays.stream(column).average().orElseThrow();
                double deviation = Math.sqrt(Arrays.stream(column)
                        .map(value -> (value - mean) * (value - mean))
                        .average()
                        .orElseThrow());
                assertThat((double) scaling.center()[j]).isCloseTo(mean, within(1e-5 * (1 + Math.abs(mean))));
                assertScale(scaling.scale()[j], deviation);
            }
        }
    }

    @Test
    void robustIsMedianAndQuartilesOfEachFeature() {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            // One more than a multiple of four: the quartiles are order statistics.
            int count = 4 * random.nextInt(1, 50) + 1;
            int features = random.nextInt(1, 6);
            float[] rows = rows(random, count, features);
            Scaling scaling = Scaling.fit(ScalingKind.ROBUST, rows, count, features);
            for (int j = 0; j < features; j++) {
                double[] column = column(rows, count, features, j);
                Arrays.sort(column);
                int quarter = (count - 1) / 4;
                assertThat((double) scaling.center()[j]).isEqualTo(column[2 * quarter]);
                assertThat((double) scaling.scale()[j])
                        .isGreaterThanOrEqualTo((column[3 * quarter] - column[quarter]) / 1.349 * (1 - 1e-6));
            }
        }
    }

    @Test
    void quartilesBetweenTwoValuesAreInterpolated() {
        Scaling scaling = Scaling.fit(ScalingKind.ROBUST, new float[] {4, 1, 3, 2}, 4, 1);
        assertThat(scaling.center()[0]).isEqualTo(2.5f);
        assertThat(scaling.scale()[0]).isEqualTo(1.5f / 1.349f, offset(1e-6f));
    }

    @ParameterizedTest
    @EnumSource
    void aFeatureThatNeverMovesCountsStronglyWhenItDoes(ScalingKind kind) {
        float[] rows = new float[3000];
        for (int i = 0; i < 1000; i++) {
            rows[3 * i] = 1e9f;
            rows[3 * i + 1] = i;
            rows[3 * i + 2] = -0.3f;
        }
        Scaling scaling = Scaling.fit(kind, rows, 1000, 3);
        assertThat(scaling.scale()[0]).isEqualTo(2e7f);
        assertThat(scaling.scale()[2]).isEqualTo(0.006f);
        assertThat(scaling.toModel(2, -0.3f)).isZero();
        assertThat(scaling.toModel(2, 0.7f)).isEqualTo(1 / 0.006f, offset(1e-3f));
    }

    @Test
    void burstsWidenTheStandardScaleAndHardlyTheRobustOne() {
        RandomGenerator random = random();
        float[] rows = normals(random, 10_000);
        for (int i = 0; i < 100; i++) {
            rows[i * 100] = 50;
        }
        assertThat(Scaling.fit(ScalingKind.STANDARD, rows, 10_000, 1).scale()[0])
                .isGreaterThan(4);
        assertThat(Scaling.fit(ScalingKind.ROBUST, rows, 10_000, 1).scale()[0]).isBetween(0.9f, 1.15f);
    }

    @Test
    void ifMostValuesAreEqualABurstHasAtMostTenDeviations() {
        float[] rows = new float[1000];
        Arrays.fill(rows, 0, 100, 7);
        Scaling scaling = Scaling.fit(ScalingKind.ROBUST, rows, 1000, 1);
        assertThat(scaling.center()[0]).isZero();
        assertThat(scaling.scale()[0]).isEqualTo(0.21f, offset(1e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsFiniteStaysFinite(ScalingKind kind) {
        float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0, 1e20f, -1e20f};
        Scaling ordinary = Scaling.fit(kind, new float[] {0, 1, 2, 3}, 4, 1);
        Scaling constant = Scaling.fit(kind, new float[] {5, 5}, 2, 1);
        Scaling widest = Scaling.fit(
                kind, new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE}, 4, 1);
        for (Scaling scaling : new Scaling[] {ordinary, constant, widest}) {
            for (float raw : extremes) {
                float scaled = scaling.toModel(0, raw);
                assertThat(scaled).isBetween(-Scaling.LARGEST, Scaling.LARGEST);
                assertThat(scaling.toRaw(0, scaled)).isFinite();
                assertThat(scaling.toRaw(0, raw)).isFinite();
            }
            assertThat(scaling.toRaw(0, Float.POSITIVE_INFINITY)).isEqualTo(Float.MAX_VALUE);
        }
    }

    @Test
    void rawIsTheInverseOfScaled() {
        RandomGenerator random = random();
        Scaling scaling = Scaling.fit(ScalingKind.STANDARD, rows(random, 50, 3), 50, 3);
        for (int j = 0; j < 3; j++) {
            float raw = (float) random.nextGaussian();
            assertThat(scaling.toRaw(j, scaling.toModel(j, raw))).isEqualTo(raw, offset(1e-4));
        }
    }

    @Test
    void rejectsInvalidScalings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaling(new float[2], new float[] {1}))
                .withMessage("`scale` must have as many values as `center` (got 1 and 2)");
        for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Scaling(new float[1], new float[] {scale}))
                    .withMessage(
                            "feature 0 must have a finite center and a positive scale (got 0.0 and " + scale + ")");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(new float[] {Float.NaN}, new float[] {1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scaling.fit(ScalingKind.STANDARD, new float[0], 0, 2))
                .withMessage("`rows` must hold at least one row of 2 (got 0 rows)");
    }

    private static void assertScale(float scale, double deviation) {
        assertThat((double) scale).isCloseTo(deviation, within(1e-5 * (1 + deviation)));
    }

    private static float[] rows(RandomGenerator random, int count, int features) {
        float[] rows = normals(random, count * features);
        for (int j = 0; j < features; j++) {
            float center = (float) random.nextGaussian() * 10;
            float scale = (float) Math.exp(random.nextGaussian());
            for (int i = 0; i < count; i++) {
                rows[i * features + j] = center + scale * rows[i * features + j];
            }
        }
        return rows;
    }

    private static double[] column(float[] rows, int count, int features, int feature) {
        double[] column = new double[count];
        for (int i = 0; i < count; i++) {
            column[i] = rows[i * features + feature];
        }
        return column;
    }

    @Test
    void consecutiveRowsAreScaledLikeEachValue() {
        Scaling scaling = new Scaling(new float[] {1, -2, 0}, new float[] {0.5f, 4, 1e-9f});
        float[] rows = {1, 2, 3, -4, 5e8f, -6, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 9};
        float[] scaled = rows.clone();
        scaling.repeated(3).toModel(scaled);
        for (int i = 0; i < 9; i++) {
            assertThat(scaled[i]).isEqualTo(scaling.toModel(i % 3, rows[i]));
        }
        assertThat(scaled[9]).isEqualTo(9);
        scaling.toModel(rows);
        assertThat(rows).startsWith(Arrays.copyOf(scaled, 3)).contains(-4, 5e8f);
    }
}
