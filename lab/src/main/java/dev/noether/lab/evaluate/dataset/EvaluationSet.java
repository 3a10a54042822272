package dev.noether.lab.evaluate.dataset;

import java.util.List;

/**
 * Series that are averaged over.
 *
 * @param name of the set
 * @param series at least one, in the order in which they are judged
 */
public record EvaluationSet(String name, List<SeriesSource> series) {
    /** Copies. */
    public EvaluationSet {
        series = List.copyOf(series);
    }
}
