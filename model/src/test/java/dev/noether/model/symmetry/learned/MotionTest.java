package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.TextbookMatrices;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Invariants of the motions of all flows: linearity, identity, composition, inverse. */
final class MotionTest extends RandomizedTest {
    private static final int LENGTH = 24;

    private final EstimatedRotation rotation =
            new EstimatedRotation(leadingAxes(5, LENGTH), TextbookMatrices.randomSkewSymmetric(random(), 5), 0.7, 0.5);

    @Test
    void rotationsComposeInvertAndPreserveLengths() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            double first = random.nextDouble(-5, 5);
            double second = random.nextDouble(-5, 5);
            double[] row = TextbookMatrices.random(random, LENGTH);
            double[] once = rotated(row, first + second);
            assertThat(rotated(rotated(row, first), second)).containsExactly(once, within(1e-10));
            assertThat(rotated(once, -first - second)).containsExactly(row, within(1e-10));
            assertThat(TextbookMatrices.norm(once)).isCloseTo(TextbookMatrices.norm(row), within(1e-10));
            for (int column = 5; column < LENGTH; column++) {
                assertThat(once[column]).as("outside of the directions").isEqualTo(row[column]);
            }
            // In place.
            double[] same = row.clone();
            rotation.move(same, first + second, same);
            assertThat(same).containsExactly(once);
        }
    }

    @Test
    void theVelocityIsPerpendicularToTheRow() {
        double[] row = TextbookMatrices.random(random(), LENGTH);
        double[] velocity = rotation.velocity(row);
        double product = 0;
        for (int column = 0; column < LENGTH; column++) {
            product += row[column] * velocity[column];
        }
        assertThat(product).isCloseTo(0, within(1e-12));
        assertThat(TextbookMatrices.norm(velocity)).isPositive();
    }

    @Test
    void aRandomRotationIsDrawnWithTheSpreadOfTheNeighbours() {
        double[] row = TextbookMatrices.random(random(), LENGTH);
        double[] moved = new double[LENGTH];
        RotationFlow.learned(rotation).move(row, 0, random(), moved);
        assertThat(moved).containsExactly(rotated(row, 0.7 * random().nextGaussian()));
        new RotationFlow(rotation, 0).move(row, 0, random(), moved);
        assertThat(moved).containsExactly(row);
        RotationFlow.learned(rotation).scaled(3).move(row, 0, random(), moved);
        assertThat(moved).containsExactly(rotated(row, 3 * 0.7 * random().nextGaussian()), within(1e-12));
    }

    @Test
    void warpsAndShiftsAreLinearInTheSeries() {
        RandomGenerator random = random();
        for (SymmetryFlow flow :
                List.of(WarpFlow.prescribed(LENGTH), ShiftFlow.prescribed(), new RotationFlow(rotation, 1))) {
            for (int turn = 0; turn < 8; turn++) {
                double[] first = TextbookMatrices.random(random, LENGTH);
                double[] second = TextbookMatrices.random(random, LENGTH);
                double[] mixed = new double[LENGTH];
                for (int time = 0; time < LENGTH; time++) {
                    mixed[time] = 3 * first[time] - 0.5 * second[time];
                }
                double[] movedFirst = moved(flow, first, turn);
                double[] movedSecond = moved(flow, second, turn);
                double[] movedMixed = moved(flow, mixed, turn);
                for (int time = 0; time < LENGTH; time++) {
                    assertThat(movedMixed[time])
                            .isCloseTo(3 * movedFirst[time] - 0.5 * movedSecond[time], within(1e-11));
                }
            }
        }
    }

    @Test
    void aWarpKeepsConstantsAndTheRangeOfTheValues() {
        RandomGenerator random = random();
        WarpFlow flow = WarpFlow.prescribed(LENGTH).scaled(3);
        double[] moved = new double[LENGTH];
        for (int trial = 0; trial < 50; trial++) {
            double[] series = TextbookMatrices.random(random, LENGTH);
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (double value : series) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            flow.move(series, 0, random, moved);
            for (double value : moved) {
                assertThat(value).isBetween(least - 1e-12, most + 1e-12);
            }
        }
        double[] constant = new double[LENGTH];
        Arrays.fill(constant, 4.25);
        flow.move(constant, 0, random, moved);
        assertThat(moved).containsOnly(4.25);
    }

    @Test
    void aWarpWithoutWeightsLeavesTheSeriesAsItIs() {
        double[] series = TextbookMatrices.random(random(), LENGTH);
        double[] moved = new double[LENGTH];
        WarpFlow.prescribed(LENGTH).move(series, new double[6], moved);
        assertThat(moved).containsExactly(series);
    }

    @Test
    void aSlowWarpOfARampStaysInOrder() {
        RandomGenerator random = random();
        double[] ramp = new double[LENGTH];
        for (int time = 0; time < LENGTH; time++) {
            ramp[time] = time;
        }
        double[] moved = new double[LENGTH];
        for (int trial = 0; trial < 50; trial++) {
            double[] weights = new double[6];
            for (int element = 0; element < 6; element++) {
                weights[element] = random.nextDouble(-0.2, 0.2);
            }
            WarpFlow.prescribed(LENGTH).move(ramp, weights, moved);
            for (int time = 1; time < LENGTH; time++) {
                assertThat(moved[time]).isGreaterThanOrEqualTo(moved[time - 1]);
            }
        }
    }

    @Test
    void theWeightsOfALearnedWarpHaveItsCovariance() {
        double[][] sigma = {{4, 1, 0}, {1, 2, 0.5}, {0, 0.5, 1}};
        WarpFlow flow = WarpFlow.learned(new GeneratorCovariance(sigma, 1, 0.5), LENGTH);
        assertThat(flow.elements()).isEqualTo(3);
        for (int element = 0; element < 3; element++) {
            assertThat(flow.deviation(element)).isCloseTo(Math.sqrt(sigma[element][element]), within(1e-12));
            assertThat(flow.scaled(2).deviation(element)).isCloseTo(2 * flow.deviation(element), within(1e-12));
        }
    }

    @Test
    void offsetsAndAmplitudesHaveInverses() {
        RandomGenerator random = random();
        for (ValueGenerator generator : ValueGenerator.values()) {
            double[] series = TextbookMatrices.random(random, LENGTH);
            double[] moved = new double[LENGTH];
            double[][] velocity = new double[1][LENGTH];
            generator.move(series, 1e-6, moved);
            generator.velocities(series, velocity);
            for (int time = 0; time < LENGTH; time++) {
                assertThat((moved[time] - series[time]) / 1e-6).isCloseTo(velocity[0][time], within(1e-5));
            }
            generator.move(series, 1.7, moved);
            generator.move(moved, -1.7, moved);
            assertThat(moved).containsExactly(series, within(1e-12));
        }
    }

    @Test
    void shiftsOfTheInteriorAddUp() {
        double[] series = TextbookMatrices.random(random(), LENGTH);
        double[] twice = moved(new ShiftFlow(List.of(-5)), moved(new ShiftFlow(List.of(3)), series, 0), 0);
        double[] once = moved(new ShiftFlow(List.of(-2)), series, 0);
        for (int time = 5; time < LENGTH - 3; time++) {
            assertThat(twice[time]).isEqualTo(once[time]);
        }
    }

    @Test
    void theWarpBasisIsOrthonormalAndTheVelocityOfARampIsTheBasis() {
        double[][] table = TimeWarpGenerators.table(6, LENGTH);
        double[][] products = TextbookMatrices.product(table, TextbookMatrices.transpose(table));
        TextbookMatrices.assertClose(
                products, TextbookMatrices.sum(new double[6][6], LENGTH, TextbookMatrices.identity(6)), 1e-10);
        double[] ramp = new double[LENGTH];
        for (int time = 0; time < LENGTH; time++) {
            ramp[time] = 7 + 2.5 * time;
        }
        double[][] velocities = new double[6][LENGTH];
        new TimeWarpGenerators(6).velocities(ramp, velocities);
        TextbookMatrices.assertClose(velocities, TextbookMatrices.sum(new double[6][LENGTH], 2.5, table), 1e-12);
    }

    @Test
    void smoothingIsTheMeanWithGaussianWeights() {
        RandomGenerator random = random();
        for (double deviation : new double[] {0.4, 1, 3.3, 40}) {
            SeriesSet series = SeriesSet.of(normals(random, 2 * LENGTH), 2, LENGTH);
            SeriesSet smoothed = GaussianSmoothing.of(series, deviation);
            for (int row = 0; row < 2; row++) {
                for (int time = 0; time < LENGTH; time++) {
                    double sum = 0;
                    double total = 0;
                    for (int other = 0; other < LENGTH; other++) {
                        double distance = Math.abs(other - time);
                        double weight = Math.exp(-distance * distance / (2 * deviation * deviation));
                        sum += distance <= Math.ceil(4 * deviation) ? weight * series.value(row, other) : 0;
                        total += distance <= Math.ceil(4 * deviation) ? weight : 0;
                    }
                    assertThat((double) smoothed.value(row, time))
                            .as("deviation %s, time %d", deviation, time)
                            .isCloseTo(sum / total, within(1e-6));
                }
            }
        }
    }

    private double[] rotated(double[] row, double step) {
        double[] moved = new double[LENGTH];
        rotation.move(row, step, moved);
        return moved;
    }

    /** A motion with the same random numbers at each call of a turn. */
    private static double[] moved(SymmetryFlow flow, double[] series, int turn) {
        double[] moved = new double[series.length];
        flow.move(series, turn, new SplittableRandom(turn), moved);
        return moved;
    }

    private static double[][] leadingAxes(int count, int length) {
        double[][] axes = new double[count][length];
        for (int index = 0; index < count; index++) {
            axes[index][index] = 1;
        }
        return axes;
    }
}
