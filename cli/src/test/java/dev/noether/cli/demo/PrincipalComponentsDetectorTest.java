package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PrincipalComponentsDetectorTest {
    private static final int MINUTES = 60;
    private static final int WINDOW = 16;

    @Test
    void aRowFarFromNormalHasTheLargestErrors() {
        float[] scores = scores(row -> row == 40 ? 20 : 0);

        // The windows of entity `a` with the row end at the rows 40, 42, … 70.
        float lowest = Float.POSITIVE_INFINITY;
        for (int row = 40; row <= 70; row += 2) {
            lowest = Math.min(lowest, scores[row]);
        }
        for (int row = 0; row < scores.length; row++) {
            if (row < 40 || row > 70 || row % 2 == 1) {
                assertThat(scores[row]).as("row %d", row).isLessThan(lowest / 10);
            }
        }
    }

    @Test
    void scoresAreRepeatable() {
        assertThat(scores(row -> row % 5)).isEqualTo(scores(row -> row % 5));
    }

    @Test
    void onlyTheRowsThatWereSentAreScored() {
        TestingWorkload workload = new TestingWorkload(MINUTES, row -> false, row -> 0, List.of());

        assertThat(PrincipalComponentsDetector.score(workload, WINDOW, 7))
                .hasSize(7)
                .doesNotContain(Float.NaN);
    }

    @Test
    void aRowWithAMissingValueHasNoScore() {
        float[] complete = scores(row -> 0);
        float[] partial = scores(row -> row == 40 ? Double.NaN : 0);

        assertThat(partial[40]).isNaN();
        assertThat(partial[38]).isEqualTo(complete[38]);
        assertThat(partial[41]).as("the other entity").isEqualTo(complete[41]);
        assertThat(partial[42]).isNotNaN();
    }

    private static float[] scores(IntToDoubleFunction distance) {
        TestingWorkload workload = new TestingWorkload(MINUTES, row -> false, distance, List.of());
        return PrincipalComponentsDetector.score(workload, WINDOW, 2 * MINUTES);
    }
}
