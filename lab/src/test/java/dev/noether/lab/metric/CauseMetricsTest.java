package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CauseMetricsTest {
    @TempDir
    private Path folder;

    @Test
    void hitRatesByHand() {
        int[] ranking = {4, 0, 2, 1, 3};
        assertThat(CauseMetrics.hitRate(ranking, Set.of(2, 3), 100)).isZero();
        assertThat(CauseMetrics.hitRate(ranking, Set.of(2, 3), 150)).isEqualTo(0.5);
        assertThat(CauseMetrics.hitRate(ranking, Set.of(2, 3), 250)).isEqualTo(1);
        // 150 % of one cause is one guess, of three are four.
        assertThat(CauseMetrics.hitRate(ranking, Set.of(0), 150)).isZero();
        assertThat(CauseMetrics.hitRate(ranking, Set.of(0, 2, 3), 100)).isEqualTo(2.0 / 3);
        assertThat(CauseMetrics.hitRate(ranking, Set.of(4, 2, 1), 150)).isEqualTo(1);
        assertThat(CauseMetrics.hitRate(new int[] {1}, Set.of(1, 2), 150)).isEqualTo(0.5);
        assertThat(CauseMetrics.hitRate(new int[0], Set.of(1), 100)).isZero();
    }

    @Test
    void ranksByFallingContribution() {
        assertThat(CauseMetrics.ranking(new float[] {0.1f, 0.5f, 0, 0.5f, Float.POSITIVE_INFINITY}))
                .containsExactly(4, 1, 3, 0, 2);
        assertThatThrownBy(() -> CauseMetrics.ranking(new float[] {0, Float.NaN}))
                .hasMessage("`contributions` must not hold NaN (got one at index 1)");
    }

    @Test
    void readsAnInterpretation() throws IOException {
        Path file = write("12-20:1,4\n\n3-4:38 \n");
        assertThat(Interpretation.read(file, 38))
                .containsExactly(
                        new EventCauses(new LabelledEvent(12, 20), Set.of(0, 3)),
                        new EventCauses(new LabelledEvent(3, 4), Set.of(37)));
        assertThat(Interpretation.read(write(""), 38)).isEmpty();
    }

    @Test
    void linesThatAreWrongAreNamed() throws IOException {
        assertRefused("12-20", " line 1: `12-20`, expected `from-to:features` like `12-20:1,4`");
        assertRefused("1-2:3\n12-20:1,,4", " line 2: `12-20:1,,4`, expected `from-to:features` like `12-20:1,4`");
        assertRefused("12-20:0", " line 1: no feature 0, expected 1 to 38");
        assertRefused("12-20:39", " line 1: no feature 39, expected 1 to 38");
        assertRefused("20-20:3", " line 1: the rows 20-20 are none");
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> CauseMetrics.hitRate(new int[1], Set.of(), 100))
                .hasMessage("`causes` must not be empty");
        assertThatThrownBy(() -> CauseMetrics.hitRate(new int[1], Set.of(1), 0))
                .hasMessage("`percent` must be at least 1 (got 0)");
        assertThatThrownBy(() -> CauseMetrics.hitRate(new int[2], Set.of(1), 100))
                .hasMessage("`ranking` must not name a feature twice");
        assertThatThrownBy(() -> new EventCauses(new LabelledEvent(1, 2), Set.of()))
                .hasMessageStartingWith("`features` must not be empty");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> Interpretation.read(file, 38))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + message);
    }

    private Path write(String text) throws IOException {
        Path file = folder.resolve("interpretation.txt");
        Files.writeString(file, text);
        return file;
    }
}
