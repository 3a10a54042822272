package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScheduleTrialTest extends RandomizedTest {
    private static final int ROWS = 10_000;
    private static final int FEATURES = 3;
    private static final int JOB_ROWS = 20;
    private static final int PERIOD = 1_000;

    private static float[] amounts(int jobsInPeriod) {
        float[] amounts = new float[ROWS * FEATURES];
        for (int i = 0; i < ROWS; i++) {
            for (int job = 0; job < jobsInPeriod; job++) {
                if ((i + job * PERIOD / jobsInPeriod) % PERIOD < JOB_ROWS) {
                    amounts[i * FEATURES + 1] = 5;
                }
            }
        }
        return amounts;
    }

    private static float[] scores(RandomGenerator random) {
        float[] scores = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            scores[i] = (float) random.nextExponential();
        }
        return scores;
    }

    private static boolean isWorthUsing(float[] scores, float[] amounts) {
        return ScheduleTrial.isWorthUsing(scores, IntStream.range(0, ROWS).toArray(), amounts, FEATURES);
    }

    @Test
    void jobsThatWouldAlarmAreTakenOff(RandomGenerator random) {
        float[] scores = scores(random);
        for (int i = 0; i < ROWS; i += PERIOD) {
            scores[i] = 50;
        }
        assertThat(isWorthUsing(scores, amounts(1))).isTrue();
    }

    @Test
    void jobsThatTheModelKnowsStay(RandomGenerator random) {
        assertThat(isWorthUsing(scores(random), amounts(1))).isFalse();
    }

    /** Three of four of the highest scores are at the times of jobs, because half of all times are. */
    @Test
    void jobsThatFillHalfOfTheTimeStay(RandomGenerator random) {
        float[] scores = scores(random);
        for (int i = 0; i < 12; i++) {
            scores[i * 4 * PERIOD / 5 + (i % 4 == 0 ? JOB_ROWS : 0) + JOB_ROWS / 4] = 50;
        }
        assertThat(isWorthUsing(scores, amounts(25))).isFalse();
    }

    @Test
    void alarmsAtOtherTimesAreNoReason(RandomGenerator random) {
        float[] scores = scores(random);
        for (int i = 500; i < ROWS; i += PERIOD / 10) {
            scores[i] = 50;
        }
        assertThat(isWorthUsing(scores, amounts(1))).isFalse();
    }
}
