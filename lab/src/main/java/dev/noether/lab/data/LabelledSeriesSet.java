package dev.noether.lab.data;

import static java.util.Objects.requireNonNull;

import dev.noether.model.series.SeriesSet;
import java.util.List;

/**
 * Series with the class label of each.
 *
 * @param series series, {@code [count × length]}
 * @param labels labels as in the file, {@code [count]}
 */
public record LabelledSeriesSet(SeriesSet series, List<String> labels) {

    /**
     * Checks that each series has a label.
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
