package dev.noether.lab.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * One labelled event: a maximal run of anomalous rows, {@code [start, end)}.
 *
 * @param start index of the first row, from 0
 * @param end index after the last row
 */
public record LabelledEvent(int start, int end) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the run is empty or starts below 0
     */
    public LabelledEvent {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "`start` and `end` must satisfy 0 <= start < end (got " + start + " and " + end + ")");
        }
    }

    /**
     * Returns all events of a series, in order.
     *
     * @param labels labels, {@code [n]}; true is anomalous
     */
    public static List<LabelledEvent> of(boolean[] labels) {
        List<LabelledEvent> events = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i]) {
                int start = i;
                while (i < labels.length && labels[i]) {
                    i++;
                }
                events.add(new LabelledEvent(start, i));
            }
        }
        return List.copyOf(events);
    }

    /** Returns the number of rows. */
    public int length() {
        return end - start;
    }
}
