package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one group that wait to be judged, of many entities. All windows of a size are judged together. Not
 * thread safe; allocates nothing after construction.
 */
final class ShapeBatch implements AutoCloseable {
    private static final int NONE = -1;
    private static final int WHOLE = ShapeGroup.WINDOWS - 1;

    /** An entity that training has not seen has a level as soon as a whole window has at most this standardised error. */
    static final float MOST_UNLIKE = 4;

    private final ShapeGroup group;
    private final int stride;
    private final SymmetryDistances[] distances = new SymmetryDistances[ShapeGroup.WINDOWS];
    private final ShapeExplanation[] explanations = new ShapeExplanation[ShapeGroup.WINDOWS];
    private final float[][] inputs = new float[ShapeGroup.WINDOWS][];
    private final int[] counts = new int[ShapeGroup.WINDOWS];
    /** By row of the batch and window, the place in the inputs; {@link #NONE} if the window is not judged. */
    private final int[] places;

    private final float[] signal;
    /** One whole window. */
    private final float[] single;
    /** The whole windows, not standardised. */
    private final float[] wholes;

    private final ShapeWindow whole;
    private final ShapeAnalogy analogy;
    /** By window; empty if entities have no memory of their past. */
    private final OwnWindows[] own;

    private boolean isRun;

    /**
     * Makes an empty batch.
     *
     * @param memory windows of an entity's own past; 0 for none
     */
    ShapeBatch(ShapeGroup group, int memory, Engine engine, int capacity) {
        this.group = group;
        this.stride = group.stride();
        List<CalibratedWindow> windows = group.windows();
        for (int w = 0; w < distances.length; w++) {
            SymmetryAutoencoder autoencoder = windows.get(w).autoencoder();
            distances[w] = new SymmetryDistances(autoencoder, engine, capacity);
            explanations[w] = new ShapeExplanation(autoencoder.motions());
            inputs[w] = new float[capacity * autoencoder.window().width()];
        }
        places = new int[capacity * ShapeGroup.WINDOWS];
        signal = new float[group.longestWindow()];
        SymmetryAutoencoder last = windows.get(WHOLE).autoencoder();
        single = new float[last.window().width()];
        whole = new ShapeWindow(last.window().factor(), last.window().width(), false);
        wholes = new float[capacity * whole.width()];
        analogy = new ShapeAnalogy(last);
        own = memory == 0 ? new OwnWindows[0] : OwnWindows.of(group, memory, engine);
    }

    /** Adds the newest windows of an entity that are due, for a row of the batch. */
    void add(int row, ShapeState state) {
        boolean isDue = state.isDue(stride);
        if (!state.hasLevel() && isDue && state.size() >= signal.length) {
            state.measureLevel(group.common());
            // The level of an idle or a broken signal would make all windows after it anomalous.
            if (errorOfWhole(state) > MOST_UNLIKE) {
                state.forgetLevel();
            }
        }
        boolean isCopied = false;
        for (int w = 0; w < distances.length; w++) {
            ShapeWindow window = group.windows().get(w).window();
            boolean isFirst = state.hasLevel() && state.isFirst(w, window.rows());
            places[row * distances.length + w] = NONE;
            if (state.hasLevel() && state.size() >= window.rows() && (isDue || isFirst)) {
                if (!isCopied) {
                    state.copyScaled(Math.min(state.size(), signal.length), signal);
                    isCopied = true;
                }
                places[row * distances.length + w] = counts[w];
                window.cut(signal, Math.min(state.size(), signal.length), inputs[w], counts[w] * window.width());
                if (w == WHOLE) {
                    whole.cut(signal, Math.min(state.size(), signal.length), wholes, counts[w] * whole.width());
                }
                counts[w]++;
                isRun = false;
            }
        }
    }

    /** The standardised error of the newest whole window of an entity, outside the batch. Called before the batch runs. */
    double errorOfWhole(ShapeState state) {
        ShapeWindow window = group.windows().get(WHOLE).window();
        state.copyScaled(window.rows(), signal);
        window.cut(signal, window.rows(), single, 0);
        distances[WHOLE].run(single, 1);
        isRun = false;
        return group.windows().get(WHOLE).standardised(distances[WHOLE].error(0));
    }

    void skip(int row) {
        for (int w = 0; w < distances.length; w++) {
            places[row * distances.length + w] = NONE;
        }
    }

    /** Judges the windows of a row, and writes their results to the state of its entity. */
    void judge(int row, ShapeState state) {
        if (!isRun) {
            for (int w = 0; w < distances.length; w++) {
                distances[w].run(inputs[w], counts[w]);
            }
            isRun = true;
        }
        boolean hasResult = false;
        for (int w = 0; w < distances.length; w++) {
            int place = places[row * distances.length + w];
            if (place != NONE) {
                judge(w, place, state);
                hasResult = true;
            }
        }
        state.countJudged(hasResult);
    }

    private void judge(int w, int place, ShapeState state) {
        CalibratedWindow window = group.windows().get(w);
        ShapeExplanation explanation = explanations[w];
        float standardised = window.standardised(explain(w, place, state.memory(), explanation));
        if (w == WHOLE && standardised > ShapeMismatch.LEAST_ERROR && analogy.explain(wholes, place * whole.width())) {
            state.setResult(w, standardised, analogy.kind(), analogy.deviations(), explanation.worstPart());
        } else {
            ShapeKind kind = explanation.kind(Math.exp(window.median()));
            state.setResult(w, standardised, kind, explanation.deviations(), explanation.worstPart());
        }
    }

    /** Explains the error of a window by a prototype or by the past of the entity, and returns it. */
    private double explain(int w, int place, @Nullable ShapeMemory memory, ShapeExplanation explanation) {
        SymmetryDistances one = distances[w];
        int at = place * group.windows().get(w).window().width();
        if (memory != null && own[w].explains(memory, one.whitened(), at, one.error(place))) {
            own[w].explain(one.whitened(), at, explanation);
            return own[w].error();
        }
        one.explain(place, explanation);
        return one.error(place);
    }

    /** Adds a value to the past of an entity of this group, as {@link ShapeMemory#push}. */
    void remember(ShapeMemory memory, float value, boolean isEnd) {
        if (memory.push(value, isEnd)) {
            for (OwnWindows one : own) {
                one.describe(memory);
            }
        }
    }

    ShapeGroup group() {
        return group;
    }

    void clear() {
        for (int w = 0; w < counts.length; w++) {
            counts[w] = 0;
        }
        isRun = false;
    }

    @Override
    public void close() {
        for (SymmetryDistances one : distances) {
            one.close();
        }
        for (OwnWindows one : own) {
            one.close();
        }
    }
}
