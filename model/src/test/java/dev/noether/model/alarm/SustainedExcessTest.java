package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SustainedExcessTest {
    private static final double USUAL = 5;

    @Test
    void aValueThatStaysHighIsAcceptedWithinAnHourOfMinutes() {
        float sustained = 0;
        for (int row = 0; row < 60; row++) {
            sustained = SustainedExcess.after(sustained, USUAL + 10, USUAL);
        }
        assertThat((double) sustained).isCloseTo(9.87, within(0.01));
    }

    @Test
    void theFirstRowsOfAnIncidentAreHardlyTakenOff() {
        float sustained = 0;
        for (int row = 0; row < 3; row++) {
            sustained = SustainedExcess.after(sustained, USUAL + 10, USUAL);
        }
        assertThat((double) sustained).isLessThan(2);
    }

    @Test
    void oneRowBackAtTheUsualLevelEndsIt() {
        assertThat(SustainedExcess.after(8, USUAL - 1, USUAL)).isZero();
        assertThat(SustainedExcess.after(8, USUAL + 3, USUAL)).isEqualTo(3);
    }

    @Test
    void usualValuesAndMissingOnesChangeNothing() {
        assertThat(SustainedExcess.after(0, USUAL, USUAL)).isZero();
        assertThat(SustainedExcess.after(2, Double.NaN, USUAL)).isEqualTo(2);
    }
}
