package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SymmetryFlowTest extends RandomizedTest {
    private static final int LENGTH = 200;

    @Test
    void anIntegerShiftEqualsAShiftOfTheSamples() {
        double[] curve = SmoothCurves.curve(random(), LENGTH);
        double[] warped = new double[LENGTH];
        double[] shifted = new double[LENGTH];
        for (int shift : new int[] {2, -3, 0, 500}) {
            WarpFlow.prescribed(LENGTH).move(curve, new double[] {shift, 0, 0, 0, 0, 0}, warped);
            new ShiftFlow(List.of(shift)).move(curve, 0, random(), shifted);
            assertThat(warped).containsExactly(shifted, within(1e-12));
        }
    }

    @Test
    void aMotionAndItsReverseCancel() {
        RandomGenerator random = random();
        WarpFlow flow = WarpFlow.prescribed(LENGTH);
        double[] curve = SmoothCurves.curve(random, LENGTH);
        double[] there = new double[LENGTH];
        double[] back = new double[LENGTH];
        flow.move(curve, new double[] {1.5, -1, 0.7, 0.5, 0, 0.3}, there);
        flow.move(there, new double[] {-1.5, 1, -0.7, -0.5, 0, -0.3}, back);
        int edge = 8;
        double moved = 0;
        double left = 0;
        for (int time = edge; time < LENGTH - edge; time++) {
            moved += Math.pow(there[time] - curve[time], 2);
            left += Math.pow(back[time] - curve[time], 2);
        }
        assertThat(left).isLessThan(0.01 * moved);
    }

    @Test
    void aSmallMotionIsTheVelocityOfTheDictionary() {
        double[] curve = SmoothCurves.curve(random(), LENGTH);
        double[][] velocities = new double[6][LENGTH];
        new TimeWarpGenerators(6).velocities(curve, velocities);
        double[] moved = new double[LENGTH];
        for (int element = 0; element < 6; element++) {
            double[] weights = new double[6];
            weights[element] = 0.5;
            WarpFlow.prescribed(LENGTH).move(curve, weights, moved);
            double product = 0;
            double squares = 0;
            for (int time = 2; time < LENGTH - 2; time++) {
                product += (moved[time] - curve[time]) * velocities[element][time];
                squares += velocities[element][time] * velocities[element][time];
            }
            assertThat(product / squares).as("element %d", element).isCloseTo(0.5, within(0.06));
        }
    }

    @Test
    void offsetAndAmplitudeAreOneParameterGroups() {
        double[] curve = SmoothCurves.curve(random(), LENGTH);
        double[] once = new double[LENGTH];
        double[] twice = new double[LENGTH];
        double[] whole = new double[LENGTH];
        for (ValueGenerator change : ValueGenerator.values()) {
            change.move(curve, 0.3, once);
            change.move(once, 0.5, twice);
            change.move(curve, 0.8, whole);
            assertThat(twice).containsExactly(whole, within(1e-12));
        }
    }

    @Test
    void copiesComeAfterTheSeriesAndDependOnTheSeedOnly() {
        SeriesSet series = SeriesSet.of(normals(random(), 30 * 20), 30, 20);
        OrbitAugmentation augmentation = new OrbitAugmentation(WarpFlow.prescribed(20), 5);
        SeriesSet augmented = augmentation.augment(series);
        assertThat(augmented.count()).isEqualTo(17 * 30);
        assertThat(java.util.Arrays.copyOf(augmented.values(), 600)).isEqualTo(series.values());
        assertThat(augmentation.augment(series).values()).isEqualTo(augmented.values());
        assertThat(new OrbitAugmentation(WarpFlow.prescribed(20), 6)
                        .augment(series)
                        .values())
                .isNotEqualTo(augmented.values());
    }

    @Test
    void numberOfCopies() {
        OrbitAugmentation warps = new OrbitAugmentation(WarpFlow.prescribed(20), 1);
        assertThat(warps.copies(1)).isEqualTo(16);
        assertThat(warps.copies(300)).isEqualTo(8);
        assertThat(warps.copies(100_000)).isEqualTo(2);
        assertThat(new OrbitAugmentation(ShiftFlow.prescribed(), 1).copies(1)).isEqualTo(6);
    }

    @Test
    void shiftsAreUsedInTurn() {
        ShiftFlow flow = ShiftFlow.prescribed();
        double[] ramp = new double[40];
        for (int time = 0; time < ramp.length; time++) {
            ramp[time] = time;
        }
        double[] moved = new double[40];
        double[] found = new double[7];
        for (int turn = 0; turn < found.length; turn++) {
            flow.move(ramp, turn, random(), moved);
            found[turn] = moved[20] - 20;
        }
        assertThat(found).containsExactly(2, -2, 4, -4, 8, -8, 2);
        assertThat(flow.scaled(1.5).shifts()).containsExactly(3, -3, 6, -6, 12, -12);
    }

    @Test
    void strengthMultipliesAMotion() {
        double[] curve = SmoothCurves.curve(random(), LENGTH);
        double[] scaled = new double[LENGTH];
        double[] expected = new double[LENGTH];
        ValueFlow offset = new ValueFlow(ValueGenerator.OFFSET, 0.2);
        offset.scaled(2.5).move(curve, 0, random(), scaled);
        new ValueFlow(ValueGenerator.OFFSET, 0.5).move(curve, 0, random(), expected);
        assertThat(scaled).containsExactly(expected);
        for (double strength : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (SymmetryFlow flow : List.of(offset, WarpFlow.prescribed(9), ShiftFlow.prescribed())) {
                assertThatThrownBy(() -> flow.scaled(strength))
                        .hasMessage("`strength` must be finite and above 0 (got " + strength + ")");
            }
        }
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new ShiftFlow(List.of())).hasMessage("`shifts` must hold at least one (got none)");
        assertThatThrownBy(() -> new ValueFlow(ValueGenerator.OFFSET, -1))
                .hasMessage("`deviation` must be finite and at least 0 (got -1.0)");
        assertThatThrownBy(() -> WarpFlow.prescribed(9).velocity(new double[2]))
                .hasMessage("`weights` must be of length 6 (got 2)");
    }
}
