package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.feature.Scaling;
import org.junit.jupiter.api.Test;

final class JudgementTest {
    @Test
    void aShareIsThePartOfTheSquaresOfTheViewsAndOfTheRawValues() {
        Judgement judgement = new Judgement(2);
        judgement.viewSquares[0] = 3;
        judgement.viewSquares[1] = 1;
        judgement.rawSquares[0] = 2;
        judgement.rawSquares[1] = 10;
        assertThat(judgement.share(0)).isEqualTo(5 / 16f);
        assertThat(judgement.share(1)).isEqualTo(11 / 16f);
        assertThat(judgement.features()).isEqualTo(2);
    }

    @Test
    void whatBrokeARowAgoIsStillNamed() {
        Judgement judgement = new Judgement(2);
        judgement.viewSquares[0] = 1;
        judgement.rawSquares[0] = 3;
        judgement.rawVariance[0] = 1 - WindowScorer.RAW_FLOOR;
        judgement.rawVariance[1] = 4 - WindowScorer.RAW_FLOOR;
        judgement.rawMean[1] = 1;
        // Deviations of 1 and 0, then of 2 and 6.
        judgement.earlier = new float[] {9, 9, 1, 1, 2, 7};
        judgement.earlierFrom = 2;
        judgement.earlierRows = 2;
        assertThat(judgement.share(0)).isCloseTo(9 / 18f, within(1e-4f));
        assertThat(judgement.share(1)).isCloseTo(9 / 18f, within(1e-4f));

        judgement.begin();
        judgement.lacksFeatures = true;
        judgement.missing[1] = true;
        assertThat(judgement.share(0)).as("the other one was filled in").isEqualTo(1);
        assertThat(judgement.share(1)).isZero();
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
        judgement.rawSquares[0] = 9;
        judgement.rawMean[0] = 2;
        judgement.observedScaled[0] = 1;
        judgement.rawSquares[1] = 16;
        judgement.observedScaled[1] = 1;
        assertThat(judgement.deviation(0)).isEqualTo(-3);
        assertThat(judgement.deviation(1)).isEqualTo(4);
    }

    @Test
    void theUsualRangeIsInTheFeaturesOwnUnit() {
        Judgement judgement = new Judgement(1);
        judgement.scaling = new Scaling(new float[] {100}, new float[] {10});
        judgement.rawMean[0] = 1;
        judgement.rawVariance[0] = 4;
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
