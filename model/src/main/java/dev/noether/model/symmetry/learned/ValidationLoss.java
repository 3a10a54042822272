package dev.noether.model.symmetry.learned;

import dev.noether.model.series.SeriesSet;

/**
 * The reconstruction error of a model on series that it was not trained on; {@link SymmetrySelection} compares
 * candidates by it. Deterministic, so that candidates can be compared fold by fold.
 */
@FunctionalInterface
public interface ValidationLoss {

    /**
     * Trains a model on one set and evaluates it on another.
     *
     * @param training the series to train on, moved copies included
     * @param validation other series of the same length, never moved
     * @return the mean squared error over series and values
     */
    double of(SeriesSet training, SeriesSet validation);
}
