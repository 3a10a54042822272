package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.ConfidenceInterval;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PairedDifferenceTest extends RandomizedTest {
    @Test
    void darwinsMaize() {
        // Crossed minus self-fertilised plants in eighths of an inch, as Fisher worked it out (Design of Experiments,
        // ch. III).
        double[] differences = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
        PairedDifference difference = PairedDifference.of(differences, new double[15]);
        assertThat(difference.mean()).isCloseTo(314.0 / 15, within(1e-12));
        assertThat(difference.mean() / difference.standardError()).isCloseTo(2.148, within(5e-4));
        // t of 14 degrees of freedom is 2.144787.
        assertThat((difference.interval().upper() - difference.mean()) / difference.standardError())
                .isCloseTo(2.1447867, within(1e-7));
        assertThat(difference.interval().lower()).isCloseTo(0.03, within(5e-3));
        assertThat(difference.beyondNoise()).isTrue();
    }

    @Test
    void theDepressionScalesOfHollanderAndWolfe() {
        // The example of R's wilcox.test: V = 40, one-sided p = 0.01953.
        double[] before = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
        double[] after = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
        assertThat(PairedDifference.of(before, after).wilcoxon()).isCloseTo(20.0 / 512, within(1e-15));
    }

    @Test
    void extremesOfTheSignedRankTest() {
        assertThat(PairedDifference.of(new double[] {1, 2, 3, 4, 5}, new double[5])
                        .wilcoxon())
                .isEqualTo(0.0625);
        assertThat(PairedDifference.of(new double[] {1, -1}, new double[2]).wilcoxon())
                .isEqualTo(1);
        PairedDifference same = PairedDifference.of(new double[] {3, 4}, new double[] {3, 4});
        assertThat(same).isEqualTo(new PairedDifference(2, 0, 0, new ConfidenceInterval(0, 0), 1));
        assertThat(same.beyondNoise()).isFalse();
    }

    @Test
    void wilcoxonIsTheShareOfSignsAtLeastAsOneSided() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            int n = 2 + random.nextInt(9);
            double[] differences = new double[n];
            for (int i = 0; i < n; i++) {
                differences[i] = random.nextInt(9) - 4; // ties and zeros
            }
            assertThat(PairedDifference.of(differences, new double[n]).wilcoxon())
                    .as("round %d", round)
                    .isCloseTo(bySigns(differences), within(1e-12));
        }
    }

    @Test
    void swappingTheTwoTurnsTheSignOnly() {
        RandomGenerator random = random();
        double[] first = random.doubles(40).toArray();
        double[] second = random.doubles(40).toArray();
        PairedDifference there = PairedDifference.of(first, second);
        PairedDifference back = PairedDifference.of(second, first);
        assertThat(back.mean()).isEqualTo(-there.mean());
        assertThat(back.standardError()).isEqualTo(there.standardError());
        assertThat(back.wilcoxon()).isEqualTo(there.wilcoxon());
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> PairedDifference.of(new double[2], new double[3]))
                .hasMessage("`first` and `second` must be of the same length (got 2 and 3)");
        assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[1]))
                .hasMessage("a standard error needs at least 2 pairs (got 1)");
        assertThatThrownBy(() -> PairedDifference.of(new double[] {1, Double.NaN}, new double[2]))
                .hasMessage("`first` and `second` must be finite (got NaN and 0.0 at index 1)");
    }

    private static double bySigns(double[] differences) {
        int n = differences.length;
        double[] ranks = new double[n];
        double observed = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n && differences[i] != 0; j++) {
                double size = Math.abs(differences[j]);
                ranks[i] +=
                        size == 0 || size > Math.abs(differences[i]) ? 0 : size == Math.abs(differences[i]) ? 0.5 : 1;
            }
            ranks[i] += differences[i] == 0 ? 0 : 0.5;
            observed += differences[i] > 0 ? ranks[i] : 0;
            total += ranks[i];
        }
        int asExtreme = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
            }
            asExtreme += sum <= Math.min(observed, total - observed) ? 1 : 0;
        }
        return Math.min(1, 2.0 * asExtreme / (1 << n));
    }
}
