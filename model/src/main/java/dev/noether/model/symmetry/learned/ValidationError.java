package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/**
 * How badly a model trained on some series reconstructs others: the judge of {@link SymmetrySelection}. Deterministic, so
 * that candidates can be compared fold by fold.
 */
@FunctionalInterface
public interface ValidationError {

    /**
     * Trains on the first and measures on the second.
     *
     * @param training what to train on, moved copies included
     * @param validation series of the same length that took no part, as they were recorded
     * @return the mean squared error over series and values
     */
    double of(SeriesSet training, SeriesSet validation);
}
