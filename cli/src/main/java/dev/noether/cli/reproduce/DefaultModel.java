package dev.noether.cli.reproduce;

import dev.noether.model.data.SeriesSet;
import dev.noether.model.engine.Engine;
import java.util.Optional;

/** The project's own model for series, seen from here: one training, its test error, and what it chose. */
@FunctionalInterface
interface DefaultModel {
    /**
     * Trains it with its default options.
     *
     * @param train all training rows; what it validates on it takes from these
     * @param test rows to measure on
     * @param seed of the run
     * @param epochEnded called now and then, so that progress can be shown; may throw to end the training
     */
    Outcome fit(Engine engine, SeriesSet train, SeriesSet test, long seed, Runnable epochEnded);

    /**
     * What came out.
     *
     * @param testError mean square over rows and values
     * @param chosen the symmetry that validation chose, in words
     */
    record Outcome(double testError, String chosen) {}

    /** The model of this build; empty where it has none, and the method `default` is reported as absent. */
    static Optional<DefaultModel> ofThisBuild() {
        return Optional.empty();
    }
}
