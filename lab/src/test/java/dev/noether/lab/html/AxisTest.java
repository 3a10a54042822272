package dev.noether.lab.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AxisTest extends RandomizedTest {
    @Test
    void equalDifferencesAreEqualDistancesOnALinearAxis() {
        Axis axis = Axis.linear("x", -2, 8);
        assertThat(axis.place(-2)).isZero();
        assertThat(axis.place(3)).isEqualTo(0.5);
        assertThat(axis.place(8)).isEqualTo(1);
    }

    @Test
    void equalRatiosAreEqualDistancesOnALogarithmicAxis() {
        Axis axis = Axis.logarithmic("x", 0.01, 100);
        assertThat(axis.place(1)).isCloseTo(0.5, within(1e-12));
        assertThat(axis.place(10) - axis.place(1)).isCloseTo(axis.place(1) - axis.place(0.1), within(1e-12));
        assertThat(axis.place(0))
                .as("what has no logarithm lies at the lower end")
                .isZero();
    }

    @Test
    void valuesBeyondAnEndLieOnIt() {
        Axis axis = Axis.linear("x", 0, 1);
        assertThat(axis.place(-7)).isZero();
        assertThat(axis.place(7)).isEqualTo(1);
        assertThat(axis.place(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void ticksRiseLieOnTheAxisAndAreFew() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 500; trial++) {
            double from = random.nextGaussian() * Math.pow(10, random.nextInt(-6, 6));
            double length = Math.pow(10, random.nextDouble(-5, 6));
            assertTicks(Axis.linear("x", from, from + length));
            double lowest = Math.pow(10, random.nextDouble(-8, 4));
            assertTicks(Axis.logarithmic("x", lowest, lowest * Math.pow(10, random.nextDouble(0.01, 9))));
        }
    }

    private static void assertTicks(Axis axis) {
        List<Double> ticks = axis.ticks();
        double slack = 1e-6 * (axis.to() - axis.from());
        assertThat(ticks).as("%s", axis).isSorted().doesNotHaveDuplicates().hasSizeBetween(1, 14);
        assertThat(ticks).as("%s", axis).allMatch(tick -> tick >= axis.from() - slack && tick <= axis.to() + slack);
    }

    @Test
    void anAxisAroundValuesIgnoresWhatIsNotFinite() {
        Axis axis = Axis.around("x", new double[] {3, Double.NaN}, new double[] {-1, Double.POSITIVE_INFINITY});
        assertThat(axis.from()).isEqualTo(-1);
        assertThat(axis.to()).isEqualTo(3);
        Axis empty = Axis.around("x", new double[] {Double.NaN});
        assertThat(empty.from()).isZero();
        assertThat(empty.to()).isEqualTo(1);
    }

    @Test
    void aSingleValueGetsRoomOnBothSides() {
        for (double value : new double[] {0, 5, -1_000}) {
            Axis axis = Axis.linear("x", value, value);
            assertThat(axis.place(value)).isCloseTo(0.5, within(1e-12));
        }
        assertThat(Axis.logarithmic("x", 7, 7).place(7)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new Axis("x", 1, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`from` must be below `to`");
        assertThatThrownBy(() -> new Axis("x", Double.NaN, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Axis("x", 0, 1, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0 on a logarithmic axis");
    }
}
