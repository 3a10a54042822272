package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.testing.RandomNetworks;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The contract of every engine, compared with {@link ReferenceEngine}. */
abstract class EngineContractTest extends RandomizedTest {
    private static final float STALE = 12345f;
    private static final double TOLERANCE = 5e-6;

    private final Engine reference = new ReferenceEngine();
    private final Engine engine = engine();

    abstract Engine engine();

    @Test
    void multipliesLikeTheReferenceForAllTransposes() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 60; trial++) {
            int rows = random.nextInt(1, 70);
            int columns = random.nextInt(1, 70);
            int inner = random.nextInt(1, 70);
            float scale = random.nextInt(3) == 0 ? 1 : random.nextFloat(-2, 2);
            float keep = random.nextInt(3) == 0 ? 0 : random.nextFloat(-2, 2);
            // Longer than needed, like the arrays of a caller whose batch is not full.
            float[] left = normals(random, rows * inner + random.nextInt(5));
            float[] right = normals(random, inner * columns + random.nextInt(5));
            float[] before = normals(random, rows * columns + random.nextInt(5));
            for (int transposes = 0; transposes < 4; transposes++) {
                boolean first = (transposes & 1) == 1;
                boolean second = (transposes & 2) == 2;
                float[] expected = before.clone();
                float[] actual = before.clone();
                reference.multiply(first, second, rows, columns, inner, scale, left, right, keep, expected);
                engine.multiply(first, second, rows, columns, inner, scale, left, right, keep, actual);
                assertThat(distance(actual, expected, expected.length))
                        .as("%d×%d×%d, transposes %s %s", rows, inner, columns, first, second)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void multipliesASmallExample() {
        float[] product = {100, 100, 100, 100};
        engine.multiply(
                false,
                true,
                2,
                2,
                3,
                2f,
                new float[] {1, 2, 3, 4, 5, 6},
                new float[] {1, 0, 1, 0, 1, 0},
                0.5f,
                product);
        assertThat(product).containsExactly(58, 54, 70, 60);
    }

    @Test
    void doesNotReadFormerValuesThatItDoesNotKeep() {
        float[] product = {Float.NaN};
        engine.multiply(false, false, 1, 1, 1, 1, new float[] {3}, new float[] {4}, 0, product);
        assertThat(product).containsExactly(12);
    }

    @Test
    void multipliesEverySmallSize() {
        RandomGenerator random = random();
        for (int rows = 1; rows <= 5; rows++) {
            for (int columns = 1; columns <= 5; columns++) {
                for (int inner = 1; inner <= 5; inner++) {
                    for (int transposes = 0; transposes < 4; transposes++) {
                        assertIsTheProduct(rows, columns, inner, transposes, random);
                    }
                }
            }
        }
        for (int transposes = 0; transposes < 4; transposes++) {
            assertIsTheProduct(1, 131, 17, transposes, random);
            assertIsTheProduct(131, 1, 17, transposes, random);
            assertIsTheProduct(17, 9, 1, transposes, random);
            assertIsTheProduct(1, 1, 257, transposes, random);
        }
    }

    /** The product replaces NaN, and neither the factors nor the values behind the product change. */
    private void assertIsTheProduct(int rows, int columns, int inner, int transposes, RandomGenerator random) {
        boolean first = (transposes & 1) == 1;
        boolean second = (transposes & 2) == 2;
        float[] left = normals(random, rows * inner + 2);
        float[] right = normals(random, inner * columns + 3);
        float[] leftBefore = left.clone();
        float[] rightBefore = right.clone();
        float[] product = stale(rows * columns + 4);
        Arrays.fill(product, 0, rows * columns, Float.NaN);
        engine.multiply(first, second, rows, columns, inner, -1.5f, left, right, 0, product);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double expected = 0;
                for (int index = 0; index < inner; index++) {
                    expected -= 1.5
                            * left[first ? index * rows + row : row * inner + index]
                            * right[second ? column * inner + index : index * columns + column];
                }
                assertThat((double) product[row * columns + column])
                        .as("%d×%d×%d, transposes %s %s, at %d, %d", rows, inner, columns, first, second, row, column)
                        .isCloseTo(expected, within(1e-5 * (1 + inner)));
            }
        }
        assertThat(Arrays.copyOfRange(product, rows * columns, product.length)).containsOnly(STALE);
        assertThat(left).containsExactly(leftBefore);
        assertThat(right).containsExactly(rightBefore);
    }

    @Test
    void theFactorsMayBeTheSameArray() {
        float[] points = {1, 2, 3, 4, 5, 6};
        float[] gram = new float[4];
        engine.multiply(false, true, 2, 2, 3, 1, points, points, 0, gram);
        assertThat(gram).containsExactly(14, 32, 32, 77);
    }

    @Test
    void aRowWithNaNMakesItsOwnProductNaN() {
        float[] left = {1, 2, Float.NaN, 4, 5, 6};
        float[] product = new float[6];
        engine.multiply(false, false, 3, 2, 2, 1, left, new float[] {1, 0, 0, 1}, 0, product);
        assertThat(product).containsExactly(1, 2, Float.NaN, Float.NaN, 5, 6);
    }

    @Test
    void productsOfManySizesInTurnDoNotInfluenceEachOther() {
        RandomGenerator random = random();
        float[] left = normals(random, 12);
        float[] right = normals(random, 20);
        float[] once = new float[15];
        engine.multiply(false, false, 3, 5, 4, 1, left, right, 0, once);
        assertIsTheProduct(60, 50, 40, 0, random);
        assertIsTheProduct(1, 1, 1, 3, random);
        float[] again = new float[15];
        engine.multiply(false, false, 3, 5, 4, 1, left, right, 0, again);
        assertThat(again).containsExactly(once);
    }

    @Test
    void closingTwiceHasNoEffectAndAnEngineDoesNotCloseItsReconstructions() {
        AffineLayer layer = AffineLayer.linear(2, new float[] {1, 0, 0, 1}, new float[] {1, 2});
        Engine own = engine();
        Reconstruction first = own.chain(List.of(layer), 3);
        Reconstruction second = own.chain(List.of(layer), 3);
        first.close();
        first.close();
        float[] output = new float[2];
        second.run(new float[] {5, 6}, 1, output);
        assertThat(output).containsExactly(6, 8);
        own.close();
        own.close();
        second.run(new float[] {7, 8}, 1, output);
        assertThat(output).containsExactly(8, 10);
        second.close();
    }

    @Test
    void reconstructsLikeTheReference() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 40; trial++) {
            Autoencoder network = RandomNetworks.large(random);
            int width = network.shape().inputWidth();
            int capacity = random.nextInt(1, 70);
            try (Reconstruction expected = reference.reconstruction(network, capacity);
                    Reconstruction actual = engine.reconstruction(network, capacity)) {
                assertThat(actual.capacity()).isEqualTo(capacity);
                for (int rows : new int[] {capacity, random.nextInt(capacity + 1), 1, 0, capacity}) {
                    float[] input = normals(random, rows * width + 3);
                    float[] output = stale(rows * width + 3);
                    float[] wanted = output.clone();
                    expected.run(input, rows, wanted);
                    actual.run(input, rows, output);
                    assertThat(distance(output, wanted, rows * width))
                            .as("%s, %d of %d rows", network, rows, capacity)
                            .isLessThan(TOLERANCE);
                    assertThat(Arrays.copyOfRange(output, rows * width, output.length))
                            .containsOnly(STALE);
                }
            }
        }
    }

    /** More rows than one tile of an engine, and wide layers. */
    @Test
    void reconstructsManyRowsOfWideLayers() {
        RandomGenerator random = random();
        int rows = 333;
        float[] weights = normals(random, 150 * 170);
        float[] back = normals(random, 170 * 90);
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= 12;
        }
        for (int i = 0; i < back.length; i++) {
            back[i] /= 13;
        }
        List<AffineLayer> layers = List.of(
                AffineLayer.linear(150, weights, normals(random, 170)),
                AffineLayer.linear(170, back, normals(random, 90)));
        float[] input = normals(random, rows * 150);
        float[] wanted = new float[rows * 90];
        float[] output = stale(rows * 90 + 3);
        try (Reconstruction expected = reference.chain(layers, rows);
                Reconstruction actual = engine.chain(layers, rows)) {
            expected.run(input, rows, wanted);
            actual.run(input, rows, output);
        }
        assertThat(distance(output, wanted, rows * 90)).isLessThan(TOLERANCE);
        assertThat(Arrays.copyOfRange(output, rows * 90, output.length)).containsOnly(STALE);
    }

    @Test
    void aResidualAutoencoderBeforeTrainingEqualsItsBase() {
        // The two leading axes with a mean that is not 0; the layers add nothing before training.
        LinearBase base = new LinearBase(new float[] {1, 2, 3}, new float[] {1, 0, 0, 1, 0, 0}, new float[] {2, 4}, 7);
        Autoencoder network = Autoencoder.residual(new AutoencoderShape(3, List.of(5), 2, List.of(5)), base, random());
        float[] output = new float[3];
        try (Reconstruction reconstruction = engine.reconstruction(network, 1)) {
            reconstruction.run(new float[] {10, -6, 5}, 1, output);
        }
        assertThat(output).containsExactly(10, -6, 3);
    }

    @Test
    void reconstructsTheLastValuesOnly() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 25; trial++) {
            Autoencoder network = RandomNetworks.large(random);
            Autoencoder judged = network.base().isPresent() && random.nextBoolean() ? network.baseAlone() : network;
            int width = judged.shape().inputWidth();
            int last = random.nextInt(1, width + 1);
            int rows = random.nextInt(1, 40);
            float[] input = normals(random, rows * width);
            float[] whole = new float[rows * width];
            float[] part = stale(rows * last + 3);
            // All layers, whatever they add, without a short cut.
            try (Reconstruction all = reference.chain(judged.layers(), rows);
                    Reconstruction some = engine.reconstruction(judged, rows, last)) {
                assertThat(all.outputWidth()).isEqualTo(width);
                assertThat(some.outputWidth()).isEqualTo(last);
                all.run(input, rows, whole);
                some.run(input, rows, part);
            }
            float[] wanted = new float[rows * last];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(whole, (row + 1) * width - last, wanted, row * last, last);
            }
            assertThat(distance(part, wanted, rows * last)).isLessThan(TOLERANCE);
            assertThat(Arrays.copyOfRange(part, rows * last, part.length)).containsOnly(STALE);
        }
    }

    @Test
    void runsALayerWithFewerOutputsThanInputs() {
        AffineLayer layer = AffineLayer.linear(3, new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20});
        float[] output = new float[4];
        try (Reconstruction chain = engine.chain(List.of(layer), 2)) {
            chain.run(new float[] {1, 0, 0, 1, 1, 1}, 2, output);
        }
        assertThat(output).containsExactly(11, 22, 19, 32);
    }

    @Test
    void aRowDoesNotDependOnItsBatch() {
        RandomGenerator random = random();
        Autoencoder network = Autoencoder.initialised(AutoencoderShape.derive(38, 10), random);
        int rows = 37;
        float[] input = normals(random, rows * 38);
        float[] together = new float[rows * 38];
        float[] alone = new float[38];
        try (Reconstruction batch = engine.reconstruction(network, rows);
                Reconstruction single = engine.reconstruction(network, 1)) {
            batch.run(input, rows, together);
            for (int row = 0; row < rows; row++) {
                single.run(Arrays.copyOfRange(input, row * 38, (row + 1) * 38), 1, alone);
                float[] part = Arrays.copyOfRange(together, row * 38, (row + 1) * 38);
                assertThat(distance(part, alone, 38)).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void aRowWithNaNAffectsNoOtherRow() {
        RandomGenerator random = random();
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(5, List.of(7), 2, List.of(7)), random);
        float[] input = normals(random, 20);
        float[] clean = new float[20];
        float[] output = new float[20];
        try (Reconstruction reconstruction = engine.reconstruction(network, 4)) {
            reconstruction.run(input, 4, clean);
            input[6] = Float.NaN;
            reconstruction.run(input, 4, output);
            for (int index = 0; index < 20; index++) {
                if (index / 5 == 1) {
                    assertThat(output[index]).isNaN();
                } else {
                    assertThat(output[index]).isEqualTo(clean[index]);
                }
            }
            input[6] = 0;
            reconstruction.run(input, 4, output);
            assertThat(output).doesNotContain(Float.NaN);
        }
    }

    @Test
    void repeatedRunsAreEqualBitForBit() {
        RandomGenerator random = random();
        Autoencoder network = RandomNetworks.large(random);
        int width = network.shape().inputWidth();
        float[] input = normals(random, 16 * width);
        List<float[]> outputs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            try (Reconstruction reconstruction = engine.reconstruction(network, 16)) {
                float[] output = new float[16 * width];
                reconstruction.run(input.clone(), 16, output);
                outputs.add(output);
            }
        }
        assertThat(outputs.get(1)).containsExactly(outputs.get(0));
        assertThat(outputs.get(2)).containsExactly(outputs.get(0));
    }

    @Test
    void refusesInvalidArguments() {
        Autoencoder network = Autoencoder.initialised(AutoencoderShape.derive(4, 2), random());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.reconstruction(network, 0))
                .withMessage("`capacity` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.reconstruction(network, 3, 5))
                .withMessage("`lastOutputs` must be in [1, inputWidth = 4] (got 5)");
        try (Reconstruction reconstruction = engine.reconstruction(network, 3)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reconstruction.run(new float[16], 4, new float[16]))
                    .withMessage("`rows` must be in [0, capacity = 3] (got 4)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reconstruction.run(new float[11], 3, new float[12]))
                    .withMessage("`input` must hold at least 3 × 4 values (got 11)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reconstruction.run(new float[12], 3, new float[11]))
                    .withMessage("`output` must hold at least 3 × 4 values (got 11)");
        }
        float[] four = new float[4];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.multiply(false, false, 2, 2, 2, 1, four, new float[3], 0, new float[4]))
                .withMessage("`right` must hold at least 2 × 2 values (got 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.multiply(false, false, 2, 2, 2, 1, four, new float[4], 0, four))
                .withMessage("`product` must not be one of its factors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.multiply(false, false, 2, 0, 2, 1, four, new float[4], 0, new float[4]))
                .withMessage("`columns` must be at least 1 (got 0)");
    }

    private static float[] stale(int count) {
        float[] values = new float[count];
        Arrays.fill(values, STALE);
        return values;
    }

    /**
     * The norm of the difference of the first {@code count} values, divided by the sum of the norm of the expected
     * values and the norm of as many ones. All numbers here are sums of numbers of order one; if these cancel, their
     * rounding errors remain.
     */
    private static double distance(float[] actual, float[] expected, int count) {
        double difference = 0;
        double size = 1e-12;
        for (int index = 0; index < count; index++) {
            difference += Math.pow((double) actual[index] - expected[index], 2);
            size += Math.pow(expected[index], 2) + 1;
        }
        return Math.sqrt(difference / size);
    }
}
