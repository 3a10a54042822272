package dev.noether.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GateStatisticsTest extends RandomizedTest {
    @Test
    void aPairedDifferenceIsTestedByStudentsDistribution() {
        PairedDifference difference = PairedDifference.of(new double[] {1, 2, 3, 4, 5});
        assertThat(difference.mean()).isEqualTo(3);
        assertThat(difference.error()).isCloseTo(Math.sqrt(2.5 / 5), within(1e-12));
        // The 99 % quantile of Student's distribution with 4 degrees of freedom is 3.747.
        assertThat(difference.margin(0.99)).isCloseTo(3.747 * difference.error(), within(1e-3));
        assertThat(difference.isPositive(0.99)).isTrue();
        assertThat(PairedDifference.of(new double[] {5}).isPositive(0.99)).isFalse();
        assertThat(PairedDifference.of(new double[0]).isPositive(0.99)).isFalse();
    }

    @Test
    void noiseIsTakenForADifferenceInOneOfAHundredCases(RandomGenerator random) {
        int positive = 0;
        for (int i = 0; i < 5000; i++) {
            double[] differences = new double[20];
            Arrays.setAll(differences, j -> random.nextGaussian());
            positive += PairedDifference.of(differences).isPositive(0.99) ? 1 : 0;
        }
        assertThat(positive / 5000.0).isBetween(0.005, 0.016);
    }

    @Test
    void theErrorOfADifferenceOfAreasIsThatOfDeLong(RandomGenerator random) {
        int positive = 0;
        for (int trial = 0; trial < 1000; trial++) {
            BreakResults one = new BreakResults(100);
            BreakResults other = new BreakResults(100);
            for (int i = 0; i < 100; i++) {
                double row = random.nextGaussian();
                double size = 1.5 + random.nextGaussian();
                one.normal()[i] = (float) (row + 0.5 * random.nextGaussian());
                one.broken()[i] = (float) (row + size + 0.5 * random.nextGaussian());
                other.normal()[i] = (float) (row + 0.5 * random.nextGaussian());
                other.broken()[i] = (float) (row + size + 0.5 * random.nextGaussian());
            }
            positive += BreakArea.of(one).lossAgainst(BreakArea.of(other)).isPositive(0.99) ? 1 : 0;
        }
        assertThat(positive / 1000.0).isBetween(0.002, 0.02);
    }

    @Test
    void anAreaCountsTiesHalfAndScoresThatAreNoNumbersAgainstTheModel() {
        BreakResults results = new BreakResults(2);
        results.normal()[0] = 1;
        results.normal()[1] = 2;
        results.broken()[0] = 2;
        results.broken()[1] = 3;
        assertThat(BreakArea.of(results).area()).isEqualTo(0.875);
        results.broken()[1] = Float.NaN;
        assertThat(BreakArea.of(results).area()).isEqualTo(0.375);
    }

    @Test
    void ranksAreCorrelatedWithTies() {
        assertThat(RankCorrelation.of(new float[] {1, 2, 3}, new float[] {10, 20, 40}))
                .isCloseTo(1, within(1e-12));
        assertThat(RankCorrelation.of(new float[] {1, 2, 3}, new float[] {3, 2, 1}))
                .isCloseTo(-1, within(1e-12));
        // By hand: ranks 0, 1.5, 1.5, 3 and 0, 2, 1, 3.
        assertThat(RankCorrelation.of(new float[] {-1, 2, 2, 3}, new float[] {-5, 7, 6, 8}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
        assertThat(RankCorrelation.of(new float[] {1, Float.NaN}, new float[] {1, 2}))
                .isNaN();
    }

    @Test
    void aFewAlarmsMoreThanTheChampionAreNoise() {
        assertThat(new AlarmEpisodes(4, 4).isMoreOftenAlone(new AlarmEpisodes(0, 0), 0.95))
                .isFalse();
        assertThat(new AlarmEpisodes(5, 5).isMoreOftenAlone(new AlarmEpisodes(0, 0), 0.95))
                .isTrue();
        assertThat(new AlarmEpisodes(9, 7).isMoreOftenAlone(new AlarmEpisodes(5, 3), 0.95))
                .isFalse();
        assertThat(new AlarmEpisodes(3, 3).leastRate(1000, 0.99)).isCloseTo(0.436 / 1000, within(1e-5));
    }
}
