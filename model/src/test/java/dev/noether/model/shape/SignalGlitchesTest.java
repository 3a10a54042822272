package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Which values of a training signal are unusual. */
final class SignalGlitchesTest extends RandomizedTest {
    private static float[] signal(int rows, IntToDoubleFunction value) {
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }

    private static float[] usual(float[] values) {
        return SignalGlitches.replaced(List.of(new SignalRun(0, 0, values)))
                .get(0)
                .usual();
    }

    @Test
    void valuesOfAPeriodAreUsualHoweverShortTheyAre(RandomGenerator random) {
        for (int n = 0; n < 30; n++) {
            int rows = random.nextInt(1000, 20_000);
            int period = random.nextInt(8, Math.min(1024, rows / 3) + 1);
            double height = Math.pow(10, random.nextInt(0, 6));
            float[] values = signal(rows, i -> (i % period == 0 ? height : 0) + random.nextGaussian());
            assertThat(usual(values))
                    .as("%d rows, a spike each %d", rows, period)
                    .isSameAs(values);
        }
    }

    @Test
    void aDriftAndNoiseHaveNoUnusualValues(RandomGenerator random) {
        for (int n = 0; n < 20; n++) {
            int rows = random.nextInt(1000, 20_000);
            double slope = random.nextDouble(-100, 100);
            float[] drift = signal(rows, i -> slope * i + Math.sin(i / 5.0));
            float[] noise = signal(rows, i -> random.nextGaussian());
            assertThat(usual(drift)).isSameAs(drift);
            assertThat(usual(noise)).isSameAs(noise);
            float[] constant = signal(rows, i -> 3);
            assertThat(usual(constant)).isSameAs(constant);
        }
    }

    @Test
    void anImpossibleValueIsReplacedByTheOneBeforeIt(RandomGenerator random) {
        int rows = random.nextInt(1000, 20_000);
        int length = random.nextInt(1, rows / 200 + 1);
        int at = random.nextInt(rows - length);
        float[] clean = signal(rows, i -> 100 + Math.sin(i / 5.0));
        for (float impossible : new float[] {-999, 0, 110, 1e38f, -Float.MAX_VALUE}) {
            float[] values = clean.clone();
            Arrays.fill(values, at, at + length, impossible);
            float[] usual = usual(values);
            for (int i = 0; i < rows; i++) {
                boolean isReplaced = i >= at && i < at + length;
                float before = at == 0 ? clean[length] : clean[at - 1];
                assertThat(usual[i]).isEqualTo(isReplaced ? before : clean[i]);
            }
        }
    }

    @Test
    void whatIsUsedNowAndThenIsUsual(RandomGenerator random) {
        // A command channel: idle except for one pulse in the first part of the history.
        float[] values = signal(1600, i -> (i >= 300 && i < 318 ? 1.4 : -1) + 0.001 * random.nextGaussian());
        assertThat(usual(values)).isSameAs(values);
    }

    @Test
    void runsAreJudgedTogether() {
        List<SignalRun> runs = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            float[] values = signal(50, i -> Math.sin(i / 5.0));
            if (run == 7) {
                values[0] = -999;
            }
            runs.add(new SignalRun(3, 60 * run, values));
        }
        List<SignalRun> replaced = SignalGlitches.replaced(runs);
        assertThat(replaced).hasSameSizeAs(runs);
        assertThat(replaced.get(7).usual()[0]).isEqualTo(runs.get(6).values()[49]);
        assertThat(replaced.get(7).values()[0]).isEqualTo(-999);
        assertThat(replaced.get(8).usual()).isSameAs(runs.get(8).values());
    }
}
