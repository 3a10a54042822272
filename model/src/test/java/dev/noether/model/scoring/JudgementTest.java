package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JudgementTest {
    @Test
    void aShareIsTheMeanOfTheSharesOnBothScales() {
        Judgement judgement = new Judgement(2);
        judgement.adaptiveSquares[0] = 3;
        judgement.adaptiveSquares[1] = 1;
        judgement.adaptiveTotal = 4;
        judgement.startingSquares[0] = 1;
        judgement.startingSquares[1] = 9;
        judgement.startingTotal = 10;
        assertThat(judgement.share(0)).isEqualTo((0.75f + 0.1f) / 2);
        assertThat(judgement.share(1)).isEqualTo((0.25f + 0.9f) / 2);
        assertThat(judgement.features()).isEqualTo(2);
    }

    @Test
    void whereNothingDeviatesTheSharesAreEqual() {
        Judgement judgement = new Judgement(4);
        for (int j = 0; j < 4; j++) {
            assertThat(judgement.share(j)).isEqualTo(0.25f);
        }
    }

    @Test
    void aScoreAtTheThresholdIsNormalAndOneAboveItIsNot() {
        Judgement judgement = new Judgement(1);
        judgement.threshold = 2;
        judgement.score = 2;
        assertThat(judgement.anomalous()).isFalse();
        judgement.score = Math.nextUp(2.0);
        assertThat(judgement.anomalous()).isTrue();
    }
}
