package dev.noether.cli.reproduce;

import dev.noether.model.engine.Engine;
import java.util.Optional;

/** The project's own model for series, seen from here: one training, its test error, and what it chose. */
@FunctionalInterface
interface DefaultModel {
    /**
     * Trains it with its default options.
     *
     * @param set of whose training rows it takes what it validates on, and whose test rows are measured once
     * @param seed of the run
     * @param epochEnded called after each epoch; may throw to end the training
     * @throws dev.noether.model.training.TrainingDivergedException if it diverged, and again at a smaller step
     */
    Outcome fit(Engine engine, BenchmarkSet set, long seed, Runnable epochEnded);

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
