package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The scores of the first folds are a little too low, and can show what the later ones do not. */
final class ViewCalibratorTest extends RandomizedTest {
    private static final int EARLIER = 2_000;
    private static final int ALL = 5_000;

    private static float[] scores(RandomGenerator random, double loweredBy) {
        float[] scores = new float[ALL];
        for (int i = 0; i < ALL; i++) {
            scores[i] = (float) (4 - Math.log(random.nextDouble()) - (i < EARLIER ? loweredBy : 0));
        }
        return scores;
    }

    private static TailCalibration ofLater(float[] scores) {
        return TailCalibration.of(List.of(Arrays.copyOfRange(scores, EARLIER, ALL)));
    }

    @Test
    void firstFoldsWithLowScoresDoNotLowerTheThreshold(RandomGenerator random) {
        float[] scores = scores(random, 0.7);
        assertThat(ViewCalibrator.calibration(List.of(scores), new int[] {EARLIER}))
                .isEqualTo(ofLater(scores))
                .isNotEqualTo(TailCalibration.of(List.of(scores)));
    }

    @Test
    void whatOnlyTheFirstFoldsShowIsNormalToo(RandomGenerator random) {
        float[] scores = scores(random, 0);
        for (int i = 0; i < EARLIER; i += 50) {
            scores[i] += 6;
        }
        TailCalibration calibration = ViewCalibrator.calibration(List.of(scores), new int[] {EARLIER});
        assertThat(calibration).isEqualTo(TailCalibration.of(List.of(scores)));
        assertThat(calibration.threshold(0.001)).isGreaterThan(ofLater(scores).threshold(0.001) + 1);
    }

    /** A budget needs 50 scores; there are 60, and 40 in the later folds. */
    @Test
    void laterFoldsThatAreTooFewForABudgetDoNotCalibrateAlone() {
        float[] scores = new float[60];
        for (int i = 0; i < 60; i++) {
            scores[i] = (i < 20 ? 1 : 4 + 2 * (i % 3)) + 0.01f * i;
        }
        TailCalibration ofAll = TailCalibration.of(List.of(scores));
        assertThat(TailCalibration.of(List.of(Arrays.copyOfRange(scores, 20, 60)))
                        .rareScore())
                .isGreaterThan(ofAll.rareScore());
        assertThat(ViewCalibrator.calibration(List.of(scores), new int[] {20})).isEqualTo(ofAll);
    }

    @Test
    void aHistoryWithFirstFoldsAloneIsCalibratedByThem(RandomGenerator random) {
        float[] scores = scores(random, 0);
        assertThat(ViewCalibrator.calibration(List.of(scores), new int[] {ALL}))
                .isEqualTo(TailCalibration.of(List.of(scores)));
    }
}
