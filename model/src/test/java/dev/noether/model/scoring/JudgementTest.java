package dev.noether.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.Scaling;
import org.junit.jupiter.api.Test;

final class JudgementTest {
    /** Added to the variance of a raw value. */
    private static final float FLOOR = 1e-4f;

    private static final Scaling SCALING = new Scaling(new float[2], new float[] {1, 1});

    private static JudgedRow row(int features) {
        return new JudgedRow(features, new float[0], 0);
    }

    private static Judgement judgement(JudgedRow row) {
        return new Judgement(SCALING, row);
    }

    private static void baseline(JudgedRow row, float[] means, float[] variances) {
        row.raw.set(new RunningScale(means, variances));
    }

    @Test
    void aShareIsThePartOfTheSquaresOfTheViewsAndOfTheRawValues() {
        JudgedRow row = row(2);
        Judgement judgement = judgement(row);
        baseline(row, new float[2], new float[] {8 - FLOOR, 10 - FLOOR});
        row.viewSquares[0] = 3;
        row.viewSquares[1] = 1;
        row.observedScaled[0] = 4;
        row.observedScaled[1] = -10;
        assertThat(judgement.share(0)).isCloseTo(5 / 16f, within(1e-6f));
        assertThat(judgement.share(1)).isCloseTo(11 / 16f, within(1e-6f));
        assertThat(judgement.features()).isEqualTo(2);
    }

    @Test
    void aBreakInAnEarlierRowStillCounts() {
        // Deviations of 1 and 0, then of 2 and 6.
        JudgedRow row = new JudgedRow(2, new float[] {9, 9, 1, 1, 2, 7}, 2);
        row.contextFrom = 2;
        Judgement judgement = judgement(row);
        row.viewSquares[0] = 1;
        baseline(row, new float[] {0, 1}, new float[] {1 - FLOOR, 4 - FLOOR});
        row.observedScaled[0] = (float) Math.sqrt(3);
        row.observedScaled[1] = 1;
        assertThat(judgement.share(0)).isCloseTo(9 / 18f, within(1e-4f));
        assertThat(judgement.share(1)).isCloseTo(9 / 18f, within(1e-4f));

        judgement.setScores(0, 0, 0);
        row.lacksFeatures = true;
        row.missing[1] = true;
        assertThat(judgement.share(0)).as("the other one was filled in").isEqualTo(1);
        assertThat(judgement.share(1)).isZero();
    }

    @Test
    void aFilledInValueHasNoShare() {
        JudgedRow row = row(2);
        Judgement judgement = judgement(row);
        baseline(row, new float[2], new float[] {1 - FLOOR, 1 - FLOOR});
        row.observedScaled[0] = 100;
        row.observedScaled[1] = 1;
        row.missing[0] = true;
        row.lacksFeatures = true;
        assertThat(judgement.share(0)).isZero();
        assertThat(judgement.share(1)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void theNextRowIsJudgedAnew() {
        JudgedRow row = row(2);
        Judgement judgement = judgement(row);
        baseline(row, new float[2], new float[] {1, 1});
        row.observedScaled[0] = 1;
        assertThat(judgement.share(0)).isEqualTo(1);
        judgement.setScores(0, 0, 0);
        row.observedScaled[0] = 0;
        row.observedScaled[1] = 1;
        assertThat(judgement.share(0)).isZero();
    }

    @Test
    void ifNoFeatureDeviatesAllSharesAreEqual() {
        Judgement judgement = judgement(row(4));
        for (int j = 0; j < 4; j++) {
            assertThat(judgement.share(j)).isEqualTo(0.25f);
        }
    }

    @Test
    void aDeviationHasTheSignOfItsDirection() {
        JudgedRow row = row(2);
        Judgement judgement = judgement(row);
        baseline(row, new float[] {7, 0}, new float[] {4 - FLOOR, 1 / 16f - FLOOR});
        row.observedScaled[0] = 1;
        row.observedScaled[1] = 1;
        assertThat(judgement.deviation(0)).isCloseTo(-3, within(1e-4f));
        assertThat(judgement.deviation(1)).isCloseTo(4, within(1e-4f));
    }

    @Test
    void theUsualRangeIsInTheFeaturesOwnUnit() {
        JudgedRow row = row(1);
        Judgement judgement = new Judgement(new Scaling(new float[] {100}, new float[] {10}), row);
        baseline(row, new float[] {1}, new float[] {4});
        // 110 ± three times 20.
        assertThat(judgement.usualLow(0)).isCloseTo(50, within(1e-3f));
        assertThat(judgement.usualHigh(0)).isCloseTo(170, within(1e-3f));
    }

    @Test
    void scoresOfANewRowHaveNoVerdict() {
        Judgement judgement = judgement(row(2));
        judgement.setScores(3, 2, 1);
        judgement.setVerdict(0.5, 1, true);
        assertThat(judgement.isAnomalous()).isTrue();
        judgement.setScores(6, 5, 4);
        assertThat(judgement.isAnomalous()).isFalse();
        assertThat(judgement.pValue()).isNaN();
        assertThat(judgement.threshold()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
