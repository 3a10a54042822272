package dev.noether.model.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * What recurs in the rows of one entity, or of several that share it. The ranges of all layers add up.
 *
 * @param layers one for each period, shortest first, at least one
 * @param tolerance by how much each feature changes from row to row without a reason, in its own unit, at least 0; a
 *     larger change may be the beginning or the end of a job
 */
public record SchedulePage(List<ScheduleLayer> layers, float[] tolerance) {
    /** Largest number of layers. */
    public static final int MOST_LAYERS = 16;

    /** Copies the list and checks the parts. */
    public SchedulePage {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "a page must have 1 to " + MOST_LAYERS + " layers (got " + layers.size() + ")");
        }
        for (float value : tolerance) {
            if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`tolerance` must be finite and at least 0 (got " + value + ")");
            }
        }
        for (ScheduleLayer layer : layers) {
            layer.requireFeatures(tolerance.length);
        }
    }

    /** The number of features of a row. */
    public int features() {
        return tolerance.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchedulePage that
                && layers.equals(that.layers)
                && Arrays.equals(tolerance, that.tolerance);
    }

    @Override
    public int hashCode() {
        return 31 * layers.hashCode() + Arrays.hashCode(tolerance);
    }
}
