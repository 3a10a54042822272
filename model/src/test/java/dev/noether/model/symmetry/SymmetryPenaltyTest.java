package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.testing.NumericalGradient;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SymmetryPenaltyTest extends RandomizedTest {
    private final Engine engine = new ReferenceEngine();

    /** A random penalty, evaluated by both implementations. */
    private final class Case {
        final int samples;
        final double ridge;
        final double weight;
        final TrainableGenerators generators;
        final double[] parameters;
        final float[] pairs;
        final SymmetryPenalty penalty;
        final TextbookPenalty textbook;
        final double[] ridges;
        final double value;

        Case(GeneratorStructure structure, RandomGenerator random) {
            int count = random.nextInt(1, 5);
            int rank = random.nextInt(1, 7);
            int rows = random.nextInt(1, 4);
            // With more generators than dimensions M is singular, and its condition depends on the ridge alone.
            int width = random.nextInt(2 * count + 1, 12);
            this.samples = random.nextInt(1, 6);
            this.ridge = Math.pow(10, random.nextDouble(-1.5, 0));
            this.weight = random.nextDouble(0.1, 10);
            this.generators = structure.initialised(width, count, rank, random).trainable(engine, samples * rows + 1);
            this.parameters = concatenated(generators.parameters());
            this.pairs = normals(random, 2 * samples * rows * width);
            this.penalty = new SymmetryPenalty(generators, samples, rows, ridge);
            this.textbook = new TextbookPenalty(structure, width, count, rank, samples, rows);
            this.ridges = textbook.ridges(parameters, doubles(pairs), ridge);
            this.value = penalty.evaluate(pairs, samples, weight);
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void equalsTheFormulaOfThePaper(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            Case one = new Case(structure, random);
            double expected = one.textbook.value(one.parameters, doubles(one.pairs), one.ridges);
            assertThat(one.value).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void gradientsMatchCentralDifferences(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < 10; ) {
            Case one = new Case(structure, random);
            if (one.textbook.isSteep(one.parameters, doubles(one.pairs), one.ridges)) {
                continue;
            }
            trial++;
            int count = one.parameters.length;
            double[] expected = NumericalGradient.of(
                    point -> one.weight
                            * one.textbook.value(
                                    Arrays.copyOfRange(point, 0, count),
                                    Arrays.copyOfRange(point, count, point.length),
                                    one.ridges),
                    concatenated(one.parameters, doubles(one.pairs)));
            double[] actual =
                    concatenated(concatenated(one.generators.gradients()), doubles(one.penalty.pairsGradient()));
            NumericalGradient.assertClose(structure.name(), actual, expected);
        }
    }

    @Test
    void fewerSamplesThanTheCapacity() {
        RandomGenerator random = random();
        Generators generators = LowRankGenerators.initialised(7, 2, 2, random);
        float[] pairs = normals(random, 2 * 2 * 7);
        SymmetryPenalty exact = new SymmetryPenalty(generators.trainable(engine, 2), 2, 1, 0.1);
        SymmetryPenalty roomy = new SymmetryPenalty(generators.trainable(engine, 5), 5, 1, 0.1);
        assertThat(roomy.evaluate(pairs, 2, 3)).isEqualTo(exact.evaluate(pairs, 2, 3));
        assertThat(Arrays.copyOf(roomy.pairsGradient(), 28)).containsExactly(exact.pairsGradient());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exact.evaluate(pairs, 3, 1))
                .withMessage("`samples` must be in [1, 2] (got 3)");
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void noOtherCoefficientsAreBetter(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            Case one = new Case(structure, random);
            double[] best = doubles(one.penalty.coefficients());
            assertThat(best).hasSize(one.samples * one.generators.count());
            double least = valueAt(one, best);
            assertThat(least).isCloseTo(one.value, within(1e-6 * one.value));
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
        LowRankGenerators rotation =
                new LowRankGenerators(2, 1, 2, new float[] {0, -1, 1, 0}, new float[] {1, 0, 0, 1});
        SymmetryPenalty penalty = new SymmetryPenalty(rotation.trainable(engine, 1), 1, 1, 1e-6);
        double value = penalty.evaluate(pairs, 1, 1);
        double withoutSymmetry = (Math.pow(pairs[0] - 1, 2) + Math.pow(pairs[1], 2)) / 2;
        assertThat(value).isLessThan(1e-5 * withoutSymmetry);
        assertThat(penalty.coefficients()[0]).isCloseTo(angle, within(1e-5f));
    }

    @Test
    void aPointThatNoGeneratorMovesCountsInFull() {
        float[] ones = {1, 1, 1, 1};
        SymmetryPenalty penalty =
                new SymmetryPenalty(new LowRankGenerators(2, 2, 1, ones, ones).trainable(engine, 1), 1, 1, 1e-3);
        double value = penalty.evaluate(new float[] {3, 4, 0, 0}, 1, 1);
        assertThat(value).isEqualTo(12.5);
        assertThat(penalty.coefficients()).containsExactly(0, 0);
        assertThat(penalty.pairsGradient()).containsExactly(3, 4, -3, -4);
    }

    @Test
    void staysFiniteWhenTheGeneratorsAreTheSame() {
        float[] factor = {1, 1, 1, 2, 2, 2};
        LowRankGenerators same = new LowRankGenerators(2, 3, 1, factor, factor);
        SymmetryPenalty penalty = new SymmetryPenalty(same.trainable(engine, 1), 1, 1, 1e-9);
        double value = penalty.evaluate(new float[] {1, 2, 3, 5}, 1, 1);
        assertThat(value).isFinite().isNotNegative();
        assertThat(penalty.coefficients()).doesNotContain(Float.NaN);
    }

    private static double valueAt(Case one, double[] coefficients) {
        return one.textbook.value(one.parameters, doubles(one.pairs), one.ridges, coefficients);
    }
}
