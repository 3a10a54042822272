package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.model.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FirstOrderPenaltyTest extends RandomizedTest {
    private final Engine engine = new OpenBlasEngine();

    /** A random penalty, with what both implementations make of it. */
    private final class Case {
        final int generators;
        final int rank;
        final int samples;
        final int width;
        final double ridge;
        final double weight;
        final float[] left;
        final float[] right;
        final float[] pairs;
        final FirstOrderPenalty penalty;
        final TextbookPenalty textbook;
        final double[] ridges;
        final double value;

        Case(RandomGenerator random) {
            this.generators = random.nextInt(1, 5);
            this.rank = random.nextInt(1, 4);
            this.samples = random.nextInt(1, 6);
            // Generators that outnumber the dimensions would leave M to its ridge alone, and its condition to chance.
            this.width = random.nextInt(2 * generators + 1, 12);
            this.ridge = Math.pow(10, random.nextDouble(-1.5, 0));
            this.weight = random.nextDouble(0.1, 10);
            LowRankGenerators start = LowRankGenerators.initialised(width, generators, rank, random);
            this.left = start.left();
            this.right = start.right();
            this.pairs = normals(random, 2 * samples * width);
            this.penalty = new FirstOrderPenalty(engine, width, generators, rank, samples, ridge);
            this.textbook = new TextbookPenalty(width, generators, rank, samples);
            this.ridges = textbook.ridges(doubles(left), doubles(right), doubles(pairs), ridge);
            this.value = penalty.evaluate(left, right, pairs, weight);
        }
    }

    @Test
    void isWhatThePaperSays() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            Case one = new Case(random);
            double expected = one.textbook.value(doubles(one.left), doubles(one.right), doubles(one.pairs), one.ridges);
            assertThat(one.value).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void gradientsMatchCentralDifferences() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 30; trial++) {
            Case one = new Case(random);
            int factor = one.left.length;
            double[] expected = NumericalGradient.of(
                    point -> one.weight
                            * one.textbook.value(
                                    Arrays.copyOfRange(point, 0, factor),
                                    Arrays.copyOfRange(point, factor, 2 * factor),
                                    Arrays.copyOfRange(point, 2 * factor, point.length),
                                    one.ridges),
                    concatenated(one.left, one.right, one.pairs));
            NumericalGradient.assertBlock("U", one.penalty.leftGradient(), expected, 0);
            NumericalGradient.assertBlock("V", one.penalty.rightGradient(), expected, factor);
            NumericalGradient.assertBlock("points", one.penalty.pairsGradient(), expected, 2 * factor);
        }
    }

    @Test
    void noOtherCoefficientsAreBetter() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            Case one = new Case(random);
            double[] best = doubles(one.penalty.coefficients());
            assertThat(best).hasSize(one.samples * one.generators);
            double least = valueAt(one, best);
            assertThat(least).isCloseTo(one.value, within(1e-5 * one.value));
            for (int index = 0; index < best.length; index++) {
                for (double nudge : new double[] {-0.03, 0.03}) {
                    double[] other = best.clone();
                    other[index] += nudge;
                    assertThat(valueAt(one, other)).isGreaterThan(least);
                }
            }
        }
    }

    @Test
    void vanishesOnAnOrbit() {
        // A quarter of a degree along a circle, and the generator of rotations, of rank 2.
        float angle = (float) (Math.PI / 720);
        float[] pairs = {(float) Math.cos(angle), (float) Math.sin(angle), 1, 0};
        FirstOrderPenalty penalty = new FirstOrderPenalty(engine, 2, 1, 2, 1, 1e-6);
        float[] left = {0, -1, 1, 0};
        float[] right = {1, 0, 0, 1};
        double value = penalty.evaluate(left, right, pairs, 1);
        double withoutSymmetry = (Math.pow(pairs[0] - 1, 2) + Math.pow(pairs[1], 2)) / 2;
        assertThat(value).isLessThan(1e-5 * withoutSymmetry);
        assertThat(penalty.coefficients()[0]).isCloseTo(angle, within(1e-5f));
    }

    @Test
    void aPointThatNoGeneratorMovesCountsInFull() {
        FirstOrderPenalty penalty = new FirstOrderPenalty(engine, 2, 2, 1, 1, 1e-3);
        double value =
                penalty.evaluate(new float[] {1, 1, 1, 1}, new float[] {1, 1, 1, 1}, new float[] {3, 4, 0, 0}, 1);
        assertThat(value).isEqualTo(12.5);
        assertThat(penalty.coefficients()).containsExactly(0, 0);
        assertThat(penalty.pairsGradient()).containsExactly(3, 4, -3, -4);
    }

    @Test
    void staysFiniteWhenTheGeneratorsAreTheSame() {
        float[] factor = {1, 1, 1, 2, 2, 2};
        FirstOrderPenalty penalty = new FirstOrderPenalty(engine, 2, 3, 1, 1, 1e-9);
        double value = penalty.evaluate(factor, factor, new float[] {1, 2, 3, 5}, 1);
        assertThat(value).isFinite().isNotNegative();
        assertThat(penalty.coefficients()).doesNotContain(Float.NaN);
    }

    private static double valueAt(Case one, double[] coefficients) {
        return one.textbook.value(doubles(one.left), doubles(one.right), doubles(one.pairs), one.ridges, coefficients);
    }

    private static double[] concatenated(float[]... parts) {
        return Arrays.stream(parts)
                .flatMapToDouble(part -> Arrays.stream(doubles(part)))
                .toArray();
    }
}
