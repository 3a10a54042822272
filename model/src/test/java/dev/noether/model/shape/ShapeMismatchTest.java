package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which window is reported, and where it broke. */
final class ShapeMismatchTest {
    private static final int FEATURE = 3;

    private final ShapeModel model = new ShapeModel(FEATURE, List.of(group()), new TreeMap<>());
    private final ShapeState state = new ShapeState(64, FEATURE, 0);

    @Test
    void usualWindowsAreNoMismatch() {
        assertThat(model.mismatch(state)).as("no window is full").isNull();
        for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
            state.setResult(w, 1, ShapeKind.SHAPE, 5, 0);
        }
        assertThat(model.mismatch(state)).isNull();
    }

    @Test
    void theWindowWithTheLargestWeightedErrorIsReported() {
        state.setResult(0, 5.9f, ShapeKind.OFFSET, 2, 0);
        state.setResult(1, 5.5f, ShapeKind.TREND, -3, 3);
        state.setResult(2, 3, ShapeKind.SHIFT, 4, 2);
        assertThat(model.mismatch(state)).isEqualTo(new ShapeMismatch(FEATURE, ShapeKind.SHIFT, 4, 3, 64, 64, 31, 16));
        state.setResult(2, 2.9f, ShapeKind.SHIFT, 4, 2);
        assertThat(model.mismatch(state))
                .isEqualTo(new ShapeMismatch(FEATURE, ShapeKind.OFFSET, 2, 5.9f, 64, 16, 15, 12));
        state.setResult(0, Float.NaN, ShapeKind.OFFSET, 2, 0);
        state.setResult(2, 2.7f, ShapeKind.SHIFT, 4, 2);
        assertThat(model.mismatch(state))
                .isEqualTo(new ShapeMismatch(FEATURE, ShapeKind.TREND, -3, 5.5f, 64, 32, 7, 0));
    }

    /** A result holds until the next one; meanwhile the broken part moves back. */
    @Test
    void theBrokenPartIsCountedFromTheNewestRow() {
        state.setResult(2, 3, ShapeKind.SHAPE, 4, 3);
        state.countJudged(true);
        state.countJudged(false);
        state.countJudged(false);
        ShapeMismatch mismatch = model.mismatch(state);
        assertThat(mismatch).isNotNull();
        assertThat(mismatch.brokenFrom()).isEqualTo(17);
        assertThat(mismatch.brokenTo()).isEqualTo(2);
        assertThat(model.mismatch(state.copy())).isEqualTo(mismatch);
        state.countJudged(true);
        assertThat(model.mismatch(state).brokenTo()).isZero();
    }

    private static ShapeGroup group() {
        List<CalibratedWindow> windows =
                Stream.of(16, 32, 64).map(ShapeMismatchTest::window).toList();
        return new ShapeGroup(new Period(64, 1), new SignalLevel(0, 1), windows, RowReference.NONE);
    }

    private static CalibratedWindow window(int rows) {
        ShapeMotions motions = ShapeMotions.TIME;
        double[][] covariance = new double[motions.size()][motions.size()];
        SymmetryAutoencoder autoencoder = new SymmetryAutoencoder(
                ShapeWindow.ofRows(rows, false), motions, new float[rows], covariance, 1, new float[0]);
        return new CalibratedWindow(autoencoder, 0, 1);
    }
}
