package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ValidationErrorsTest {
    private static final int[] FOLDS = {2, 2};

    @Test
    void theBestEpochIsTheFirstOfTheSmallestMean() {
        ValidationErrors curve = curve(new double[][] {{4, 4, 4, 4}, {1, 3, 2, 2}, {2, 2, 2, 2}});
        assertThat(curve.bestEpoch()).isEqualTo(1);
        assertThat(curve.error()).isEqualTo(2);
        assertThat(curve.foldErrors()).containsExactly(2.0, 2.0);
        assertThat(curve.reports()).hasSize(2);
        assertThat(curve.reports().get(0).validationError()).isEqualTo(2);
    }

    @Test
    void aGainHasToExceedItsOwnError() {
        ValidationErrors none = curve(new double[][] {{10, 10, 10, 10}});
        assertThat(curve(new double[][] {{9, 9, 9, 8}}).clearlyBetterThan(none)).isTrue();
        // A gain of 1 on average, from a single series: its standard error is 1 too.
        assertThat(curve(new double[][] {{6, 10, 10, 10}}).clearlyBetterThan(none))
                .isFalse();
        assertThat(none.clearlyBetterThan(none)).isFalse();
        assertThat(curve(new double[][] {{11, 11, 11, 11}}).clearlyBetterThan(none))
                .isFalse();
    }

    @Test
    void whatDivergedIsNeverBetter() {
        double nan = Double.NaN;
        ValidationErrors half = curve(new double[][] {{4, 4, 4, 4}, {nan, 1, 1, 1}});
        assertThat(half.bestEpoch()).isZero();
        assertThat(half.allFinite()).isFalse();
        ValidationErrors whole = curve(new double[][] {{nan, 1, 1, 1}});
        assertThat(whole.clearlyBetterThan(curve(new double[][] {{4, 4, 4, 4}})))
                .isFalse();
    }

    @Test
    void theBestPlaceIsAnEpochAndAShare() {
        double[][][] errors = {
            {{4, 4, 4, 4}, {4, 4, 4, 4}}, {{3, 3, 3, 3}, {3, 3, 2, 3}}, {{5, 5, 1, 1}, {3, 3, 1, 1}},
        };
        ValidationErrors curve = new ValidationErrors(FOLDS, new double[] {1, 0.5}, errors, new double[2]);
        assertThat(curve.bestEpoch()).isEqualTo(2);
        assertThat(curve.bestShare()).isEqualTo(0.5);
        assertThat(curve.error()).isEqualTo(2);
        assertThat(curve.foldErrors()).containsExactly(3.0, 1.0);
        assertThat(curve.reports().get(1).validationError())
                .as("of the network as it was trained")
                .isEqualTo(3);
        assertThat(curve(new double[][] {{4, 4, 4, 4}, {4, 4, 4, 4}}).bestShare())
                .as("the larger of equals")
                .isEqualTo(1);
    }

    private static ValidationErrors curve(double[][] errors) {
        double[][][] atOneShare =
                Arrays.stream(errors).map(epoch -> new double[][] {epoch}).toArray(double[][][]::new);
        return new ValidationErrors(FOLDS, new double[] {1}, atOneShare, new double[errors.length - 1]);
    }
}
