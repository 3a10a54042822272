package dev.noether.lab.data;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesSet;
import java.util.List;

/**
 * Series with the class of each.
 *
 * @param series {@code [count × length]}
 * @param labels {@code [count]}, as they are written in the file
 */
public record LabelledSeriesSet(SeriesSet series, List<String> labels) {

    /**
     * Checks that there is one label per series.
     *
     * @throws IllegalArgumentException if their numbers differ
     */
    public LabelledSeriesSet {
        requireNonNull(series, "series");
        labels = List.copyOf(labels);
        if (labels.size() != series.count()) {
            throw new IllegalArgumentException(
                    "`labels` must be as many as the series, %d (got %d)".formatted(series.count(), labels.size()));
        }
    }
}
