package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape view of entities that share a shape.
 *
 * @param period period of the signal
 * @param common level over all entities of the group together
 * @param windows a quarter of the period, a half, and a whole one, in this order
 * @param rows the alarm scores of single rows in training
 */
public record ShapeGroup(Period period, SignalLevel common, List<CalibratedWindow> windows, RowReference rows) {
    /** The number of windows. */
    public static final int WINDOWS = 3;

    /** Weights of the windows in the shape score. */
    private static final double[] WEIGHTS = {0.25, 0.25, 0.5};

    private static final int SCORINGS_IN_A_PERIOD = 16;

    /** Checks the parts. */
    public ShapeGroup {
        requireNonNull(common, "common");
        requireNonNull(rows, "rows");
        windows = List.copyOf(windows);
        if (windows.size() != WINDOWS || period.rows() < 1) {
            throw new IllegalArgumentException("a group must have a period and " + WINDOWS + " windows (got "
                    + period.rows() + " rows and " + windows.size() + ")");
        }
    }

    /** Windows are judged each time that this many rows have come. */
    public int stride() {
        return Math.max(1, period.rows() / SCORINGS_IN_A_PERIOD);
    }

    /** Rows of the longest window. */
    public int longestWindow() {
        return windows.stream().mapToInt(window -> window.window().rows()).max().orElse(0);
    }

    /**
     * Says how the newest rows of an entity differ from normal ones.
     *
     * @param feature index of the judged feature
     * @param state state of an entity of this group
     * @return the window with the largest weighted error; null if no window deviates more than usual
     */
    @Nullable
    ShapeMismatch mismatch(int feature, ShapeState state) {
        int strongest = -1;
        for (int w = 0; w < WINDOWS; w++) {
            // A window that is not full has no error, and is not above it.
            if (state.standardised(w) > ShapeMismatch.LEAST_ERROR
                    && (strongest < 0 || weighted(state, w) > weighted(state, strongest))) {
                strongest = w;
            }
        }
        if (strongest < 0) {
            return null;
        }
        int length = windows.get(strongest).window().rows();
        int part = state.part(strongest);
        int end = state.rowsSinceJudged() + length;
        return new ShapeMismatch(
                feature,
                state.kind(strongest),
                state.deviations(strongest),
                state.standardised(strongest),
                period.rows(),
                length,
                end - 1 - part * length / ShapeExplanation.PARTS,
                end - (part + 1) * length / ShapeExplanation.PARTS);
    }

    private static double weighted(ShapeState state, int window) {
        return weight(window) * state.standardised(window);
    }

    static double weight(int window) {
        return WEIGHTS[window];
    }

    /** The same group with another reference of the rows. */
    public ShapeGroup withRows(RowReference reference) {
        return new ShapeGroup(period, common, windows, reference);
    }
}
