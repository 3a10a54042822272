package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RecurringBurstsTest extends RandomizedTest {
    private static final int ROWS = 10_000;

    /** One score in 1,000 is 15 and the others are below about 6. The quantile of one in 400 sees none of the former. */
    @Test
    void singleHighScoresThatRecurGetAtLeastHalfOfTheirShare() {
        float[] scores = scores();
        for (int i = 500; i < ROWS; i += 1000) {
            scores[i] = 15 + i * 1e-5f;
        }
        assertThat(TailCalibration.of(List.of(scores)).pValue(15)).isGreaterThan(5e-4);
    }

    @Test
    void twoHighBurstsMayBeIncidentsAndChangeNothing() {
        float[] scores = scores();
        double usual = TailCalibration.of(List.of(scores)).scale();
        scores[2000] = 15;
        scores[7000] = 16;
        assertThat(TailCalibration.of(List.of(scores)).scale()).isBetween(0.9 * usual, 1.1 * usual);
    }

    /** Three bursts in a fleet of ten entities are not what an entity does. */
    @Test
    void whatRecursIsCountedForEachEntity() {
        float[] scores = scores();
        for (int i = 2000; i < 8000; i += 2000) {
            scores[i] = 15 + i * 1e-5f;
        }
        float[][] parts = new float[10][ROWS / 10];
        for (int e = 0; e < parts.length; e++) {
            System.arraycopy(scores, e * ROWS / 10, parts[e], 0, ROWS / 10);
        }
        double ofOne = TailCalibration.of(List.of(scores)).scale();
        double ofFleet = TailCalibration.of(List.of(parts)).scale();
        assertThat(ofOne).isGreaterThan(1.3 * ofFleet);
    }

    /** Log-scores with an exponential tail of scale 0.5. */
    private float[] scores() {
        RandomGenerator random = random();
        float[] scores = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scores[i] = (float) (1 - Math.log(1 - random.nextDouble()) / 2);
        }
        return scores;
    }
}
