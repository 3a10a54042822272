package dev.noether.model.shape;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The standardised errors of the windows of a training run, each judged without some prototypes, and held from one
 * judged window to the next. Not thread safe.
 */
final class HeldOutErrors {
    private final CalibratedWindow calibrated;
    private final SymmetryDistances distances;
    private final PrototypeSet prototypes;
    private final int stride;
    /** Null if entities have no memory of their past. */
    private final @Nullable ReplayedPast past;

    private final float[] inputs;
    private final int[] ends;
    private final int[] from;
    private final int[] to;
    private int count;

    HeldOutErrors(
            CalibratedWindow calibrated,
            SymmetryDistances distances,
            PrototypeSet prototypes,
            int stride,
            @Nullable ReplayedPast past) {
        this.past = past;
        this.calibrated = calibrated;
        this.distances = distances;
        this.prototypes = prototypes;
        this.stride = stride;
        int capacity = distances.capacity();
        this.inputs = new float[capacity * calibrated.window().width()];
        this.ends = new int[capacity];
        this.from = new int[capacity];
        this.to = new int[capacity];
    }

    int windowRows() {
        return calibrated.window().rows();
    }

    /** The next run is of another entity. */
    void startEntity() {
        if (past != null) {
            past.startEntity();
        }
    }

    /**
     * Judges the windows of a run. Those of an entity must come in order of time.
     *
     * @param values scaled values
     * @param firstRow index of the first value among the rows of the entity
     * @param rows number of rows of the entity
     * @param excludedFrom for each part of the entity's rows, the first window that is no prototype for them
     * @param behind the number behind the last window of the entity
     */
    float[] of(float[] values, int firstRow, int rows, int[] excludedFrom, int behind) {
        float[] standards = new float[values.length];
        int excludedTo = prototypes.firstFrom(behind);
        if (past != null) {
            past.startRun(values);
        }
        for (int end = windowRows(); end <= values.length; end++) {
            if (end == windowRows() || end % stride == 0) {
                int part = (int) ((long) (firstRow + end - 1) * excludedFrom.length / rows);
                calibrated
                        .window()
                        .cut(values, end, inputs, count * calibrated.window().width());
                ends[count] = end;
                from[count] = prototypes.firstFrom(excludedFrom[part]);
                to[count] = excludedTo;
                count++;
            }
            if (count == ends.length) {
                judge(standards);
            }
        }
        judge(standards);
        return standards;
    }

    private void judge(float[] standards) {
        distances.run(inputs, count, from, to);
        for (int i = 0; i < count; i++) {
            // Where no prototype is left, the window counts as usual.
            float standard = distances.prototype(i) < 0 ? 0 : calibrated.standardised(error(i));
            int start = ends[i] - 1;
            Arrays.fill(standards, start, Math.min(standards.length, start + stride), standard);
        }
        count = 0;
    }

    private double error(int index) {
        double error = distances.error(index);
        return past == null
                ? error
                : past.error(
                        ends[index],
                        distances.whitened(),
                        index * calibrated.window().width(),
                        error);
    }
}
