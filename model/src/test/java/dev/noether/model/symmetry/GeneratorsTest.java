package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.ReferenceEngine;
import dev.noether.model.numeric.LeadingSubspace;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of generators of every structure. */
final class GeneratorsTest extends RandomizedTest {

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void moveAPointAsTheirMatricesDo(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < 20; trial++) {
            int width = random.nextInt(1, 9);
            int count = random.nextInt(1, 4);
            int rank = random.nextInt(1, 4);
            Generators generators = structure.initialised(width, count, rank, random);
            double[] parameters =
                    concatenated(generators.trainable(new ReferenceEngine(), 1).parameters());
            double[][][] matrices = new TextbookPenalty(structure, width, count, rank, 1, 1).matrices(parameters);
            float[] point = normals(random, width);
            for (int generator = 0; generator < count; generator++) {
                float[] direction = generators.direction(generator, point);
                for (int row = 0; row < width; row++) {
                    double expected = 0;
                    for (int column = 0; column < width; column++) {
                        expected += matrices[generator][row][column] * point[column];
                    }
                    assertThat((double) direction[row]).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void countTheirParametersAndMultiplications(GeneratorStructure structure) {
        Generators generators = structure.initialised(30, 4, 3, random());
        long held = generators.trainable(new ReferenceEngine(), 1).parameters().stream()
                .mapToLong(array -> array.length)
                .sum();
        assertThat(generators.parameterCount()).isEqualTo(held);
        assertThat(generators.bytes()).isEqualTo(4 * held);
        assertThat(generators.multiplicationsPerPoint())
                .isEqualTo(
                        switch (structure) {
                            case FULL, SKEW_SYMMETRIC -> 4 * 30 * 30;
                            case LOW_RANK -> 4 * 30 * 2 * 3;
                            case DIAGONAL_PLUS_LOW_RANK -> 4 * 30 * (1 + 2 * 3);
                        });
        assertThat(generators.structure()).isEqualTo(structure);
    }

    @Test
    void lowRankTakesASixtyFourthOfTheFullStructure() {
        assertThat(GeneratorStructure.FULL.initialised(512, 10, 4, random()).bytes())
                .isEqualTo(10_485_760);
        assertThat(GeneratorStructure.LOW_RANK.initialised(512, 10, 4, random()).bytes())
                .isEqualTo(163_840);
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void startWithEntriesOfTheOrderOfOneOverWidth(GeneratorStructure structure) {
        int width = 40;
        Generators generators = structure.initialised(width, 20, 4, random());
        double squares = 0;
        for (int generator = 0; generator < 20; generator++) {
            for (int column = 0; column < width; column++) {
                float[] unit = new float[width];
                unit[column] = 1;
                for (float entry : generators.direction(generator, unit)) {
                    squares += (double) entry * entry;
                }
            }
        }
        assertThat(squares / (20 * width * width)).isCloseTo(1.0 / width, within(0.15 / width));
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void areUnchangedByATrainingWithoutSteps(GeneratorStructure structure) {
        Generators generators = structure.initialised(7, 3, 2, random());
        TrainableGenerators trainable = generators.trainable(new ReferenceEngine(), 1);
        assertThat(trainable.snapshot()).isEqualTo(generators).hasSameHashCodeAs(generators);
        trainable.parameters().get(0)[2] += 1;
        trainable.parametersChanged();
        assertThat(trainable.snapshot()).isNotEqualTo(generators);
    }

    @Test
    void skewSymmetricGeneratorsDoNotChangeLengths() {
        RandomGenerator random = random();
        SkewSymmetricGenerators generators = SkewSymmetricGenerators.initialised(11, 1, random);
        float[] point = normals(random, 11);
        float[] direction = generators.direction(0, point);
        double product = 0;
        for (int index = 0; index < 11; index++) {
            product += (double) point[index] * direction[index];
        }
        assertThat(product).isCloseTo(0, within(1e-5));
    }

    @Test
    void generatorsOfLowRankMoveAllPointsWithinFewDirections() {
        RandomGenerator random = random();
        for (int rank = 1; rank <= 3; rank++) {
            LowRankGenerators generators = LowRankGenerators.initialised(9, 2, rank, random);
            float[] values = new float[20 * 9];
            for (int point = 0; point < 20; point++) {
                System.arraycopy(generators.direction(1, normals(random, 9)), 0, values, point * 9, 9);
            }
            SeriesSet directions = SeriesSet.of(values, 20, 9);
            assertThat(LeadingSubspace.aboutOrigin(directions, rank).meanSquaredError(directions))
                    .isLessThan(1e-12);
            if (rank > 1) {
                assertThat(LeadingSubspace.aboutOrigin(directions, rank - 1).meanSquaredError(directions))
                        .isGreaterThan(1e-5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void directionsAreLinearInThePoint(GeneratorStructure structure) {
        RandomGenerator random = random();
        Generators generators = structure.initialised(8, 2, 3, random);
        float[] first = normals(random, 8);
        float[] second = normals(random, 8);
        float[] sum = new float[8];
        for (int index = 0; index < 8; index++) {
            sum[index] = 2 * first[index] - 3 * second[index];
        }
        for (int generator = 0; generator < 2; generator++) {
            float[] ofFirst = generators.direction(generator, first);
            float[] ofSecond = generators.direction(generator, second);
            float[] ofSum = generators.direction(generator, sum);
            for (int index = 0; index < 8; index++) {
                assertThat(ofSum[index]).isCloseTo(2 * ofFirst[index] - 3 * ofSecond[index], within(1e-4f));
            }
        }
    }

    @Test
    void generatorsOfDifferentStructuresAreNotEqual() {
        assertThat(new FullGenerators(2, 1, new float[4]))
                .isNotEqualTo(new SkewSymmetricGenerators(2, 1, new float[1]));
        assertThat(new FullGenerators(1, 4, new float[4])).isNotEqualTo(new FullGenerators(2, 1, new float[4]));
        assertThat(new FullGenerators(1, 1, new float[] {0.0f}))
                .isNotEqualTo(new FullGenerators(1, 1, new float[] {-0.0f}));
    }

    @Test
    void refuseInvalidArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FullGenerators(3, 2, new float[17]))
                .withMessage("`matrices` must hold 18 values (got 17)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SkewSymmetricGenerators(3, 2, new float[7]))
                .withMessage("`upper` must hold 6 values (got 7)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiagonalPlusLowRankGenerators(
                        new float[5], LowRankGenerators.initialised(3, 2, 1, random())))
                .withMessage("`diagonals` must hold 6 values (got 5)");
    }
}
