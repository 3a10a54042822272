package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.Scaling;
import org.junit.jupiter.api.Test;

final class JudgementTest {
    /** What is added to the variance of a raw value. */
    private static final float FLOOR = 1e-4f;

    private static final Scaling SCALING = new Scaling(new float[2], new float[] {1, 1});

    private static void usual(Judgement judgement, float[] means, float[] variances) {
        judgement.raw.set(new RunningScale(means, variances));
    }

    @Test
    void aShareIsThePartOfTheSquaresOfTheViewsAndOfTheRawValues() {
        Judgement judgement = new Judgement(2);
        usual(judgement, new float[2], new float[] {8 - FLOOR, 10 - FLOOR});
        judgement.viewSquares[0] = 3;
        judgement.viewSquares[1] = 1;
        judgement.observedScaled[0] = 4;
        judgement.observedScaled[1] = -10;
        assertThat(judgement.share(0)).isCloseTo(5 / 16f, within(1e-6f));
        assertThat(judgement.share(1)).isCloseTo(11 / 16f, within(1e-6f));
        assertThat(judgement.features()).isEqualTo(2);
    }

    @Test
    void whatBrokeARowAgoIsStillNamed() {
        Judgement judgement = new Judgement(2);
        judgement.viewSquares[0] = 1;
        usual(judgement, new float[] {0, 1}, new float[] {1 - FLOOR, 4 - FLOOR});
        judgement.observedScaled[0] = (float) Math.sqrt(3);
        judgement.observedScaled[1] = 1;
        // Deviations of 1 and 0, then of 2 and 6.
        judgement.earlier = new float[] {9, 9, 1, 1, 2, 7};
        judgement.earlierFrom = 2;
        judgement.earlierRows = 2;
        assertThat(judgement.share(0)).isCloseTo(9 / 18f, within(1e-4f));
        assertThat(judgement.share(1)).isCloseTo(9 / 18f, within(1e-4f));

        judgement.begin(SCALING);
        judgement.lacksFeatures = true;
        judgement.missing[1] = true;
        assertThat(judgement.share(0)).as("the other one was filled in").isEqualTo(1);
        assertThat(judgement.share(1)).isZero();
    }

    @Test
    void whatWasFilledInHasOnlyItsPartOfTheViews() {
        Judgement judgement = new Judgement(2);
        usual(judgement, new float[2], new float[] {1 - FLOOR, 1 - FLOOR});
        judgement.observedScaled[0] = 100;
        judgement.observedScaled[1] = 1;
        judgement.missing[0] = true;
        judgement.lacksFeatures = true;
        assertThat(judgement.share(0)).isZero();
        assertThat(judgement.share(1)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void theNextRowIsJudgedAnew() {
        Judgement judgement = new Judgement(2);
        usual(judgement, new float[2], new float[] {1, 1});
        judgement.observedScaled[0] = 1;
        assertThat(judgement.share(0)).isEqualTo(1);
        judgement.begin(SCALING);
        judgement.observedScaled[0] = 0;
        judgement.observedScaled[1] = 1;
        assertThat(judgement.share(0)).isZero();
    }

    @Test
    void whereNothingDeviatesTheSharesAreEqual() {
        Judgement judgement = new Judgement(4);
        for (int j = 0; j < 4; j++) {
            assertThat(judgement.share(j)).isEqualTo(0.25f);
        }
    }

    @Test
    void aDeviationHasTheSignOfItsDirection() {
        Judgement judgement = new Judgement(2);
        usual(judgement, new float[] {7, 0}, new float[] {4 - FLOOR, 1 / 16f - FLOOR});
        judgement.observedScaled[0] = 1;
        judgement.observedScaled[1] = 1;
        assertThat(judgement.deviation(0)).isCloseTo(-3, within(1e-4f));
        assertThat(judgement.deviation(1)).isCloseTo(4, within(1e-4f));
    }

    @Test
    void theUsualRangeIsInTheFeaturesOwnUnit() {
        Judgement judgement = new Judgement(1);
        judgement.begin(new Scaling(new float[] {100}, new float[] {10}));
        usual(judgement, new float[] {1}, new float[] {4});
        // 110 give or take three times 20.
        assertThat(judgement.usualLow(0)).isCloseTo(50, within(1e-3f));
        assertThat(judgement.usualHigh(0)).isCloseTo(170, within(1e-3f));
    }

    @Test
    void anAlarmScoreAtTheThresholdIsNormalAndOneAboveItIsNot() {
        Judgement judgement = new Judgement(1);
        judgement.threshold = 2;
        judgement.score = 100;
        judgement.alarmScore = 2;
        assertThat(judgement.anomalous()).isFalse();
        judgement.alarmScore = Math.nextUp(2.0);
        assertThat(judgement.anomalous()).isTrue();
    }
}
