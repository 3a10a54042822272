package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImputationTest {
    private static final double GAP = Double.NaN;

    private final Imputation imputation =
            new Imputation(List.of(MissingPolicy.HOLD, MissingPolicy.INTERPOLATE, MissingPolicy.IGNORE));
    private final double[] filled = new double[3];
    private final boolean[] missing = new boolean[3];

    @Test
    void eachFeatureByItsPolicy() {
        WindowBuffer before = new WindowBuffer(2, 0, 3);
        before.add(1, new double[] {10, 10, 10}, 0);
        imputation.fill(new double[] {GAP, GAP, GAP}, before, feature -> 4, filled, missing);
        assertThat(filled).containsExactly(10, 7, 4);
        assertThat(missing).containsExactly(true, true, true);
        before.add(2, filled, 0);
        imputation.fill(new double[] {GAP, GAP, 1}, before, feature -> 4, filled, missing);
        assertThat(filled).containsExactly(10, 5.5, 1);
        assertThat(missing).containsExactly(true, true, false);
    }

    @Test
    void isNeededWhereverTheGapIs() {
        for (int features = 1; features < 12; features++) {
            double[] row = new double[features];
            Arrays.fill(row, Float.MAX_VALUE);
            assertThat(Imputation.isNeeded(row)).isFalse();
            for (int gap = 0; gap < features; gap++) {
                row[gap] = GAP;
                assertThat(Imputation.isNeeded(row)).isTrue();
                row[gap] = -Float.MAX_VALUE;
            }
        }
    }

    @Test
    void anUnknownValueIsReplacedByAKnownOne() {
        WindowBuffer empty = new WindowBuffer(2, 0, 3);
        imputation.fill(new double[] {GAP, GAP, GAP}, empty, feature -> 4, filled, missing);
        assertThat(filled).containsExactly(4, 4, 4);
        imputation.fill(new double[] {GAP, GAP, GAP}, empty, feature -> Double.NaN, filled, missing);
        assertThat(filled).containsExactly(0, 0, 0);
        empty.add(1, new double[] {1, 2, 3}, 0);
        imputation.fill(new double[] {GAP, GAP, GAP}, empty, feature -> Double.NaN, filled, missing);
        assertThat(filled).containsExactly(1, 2, 3);
    }

    @Test
    void detectsAGapAtAnyPosition() {
        assertThat(Imputation.isNeeded(new double[] {1, -2, Float.MAX_VALUE})).isFalse();
        assertThat(Imputation.isNeeded(new double[] {1, GAP, 3})).isTrue();
        assertThat(Imputation.isNeeded(new double[] {GAP})).isTrue();
    }
}
