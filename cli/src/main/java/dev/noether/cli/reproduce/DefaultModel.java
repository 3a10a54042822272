package dev.noether.cli.reproduce;

import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesModel;
import dev.noether.model.series.SeriesModelOptions;
import dev.noether.model.series.SeriesModelTrainer;
import java.util.Optional;

/** The project's own model for series, seen from here: one training, its test error, and what it chose. */
@FunctionalInterface
interface DefaultModel {
    /** Passes over rows that are no series. */
    int EPOCHS_OF_ROWS = 8;

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

    /** The model of this build; were it empty, the method `default` would be reported as absent. */
    static Optional<DefaultModel> ofThisBuild() {
        return Optional.of((engine, set, seed, epochEnded) -> {
            SeriesModel model = new SeriesModelTrainer(engine, options(set))
                    .fit(set.train(), seed, (stage, completed, of, error) -> epochEnded.run());
            return new Outcome(model.testError(set.test()), SymmetryWords.of(model.symmetry()));
        });
    }

    /** Images and the like are no series, and so many that few passes over them are enough. */
    private static SeriesModelOptions options(BenchmarkSet set) {
        return set.series()
                ? SeriesModelOptions.defaults()
                : SeriesModelOptions.forRows().withEpochs(EPOCHS_OF_ROWS);
    }
}
