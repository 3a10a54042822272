package dev.noether.cli.reproduce;

import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesModel;
import dev.noether.model.series.SeriesModelOptions;
import dev.noether.model.series.SeriesModelTrainer;
import dev.noether.model.series.SymmetryPortrait;
import org.jspecify.annotations.Nullable;

/** The project's own model for series, seen from here: one training, its test error, and what it chose. */
final class DefaultModel {
    /** Passes over rows that are no series. */
    private static final int EPOCHS_OF_ROWS = 8;
    /** A portrait shows the strongest motions only. */
    private static final int MOTIONS = 3;

    private DefaultModel() {}

    /**
     * What came out.
     *
     * @param testError mean square over rows and values
     * @param chosen the symmetry that validation chose, in words
     * @param detection of labelled rows, null where there are none
     * @param portrait of the chosen symmetry, on the first training row; null if none was chosen
     */
    record Outcome(
            double testError,
            String chosen,
            @Nullable Double detection,
            @Nullable SymmetryPortrait portrait) {}

    /**
     * Trains it with its default options.
     *
     * @param set of whose training rows it takes what it validates on, and whose test rows are measured once
     * @param seed of the run
     * @param epochEnded called after each epoch; may throw to end the training
     * @throws dev.noether.model.training.TrainingDivergedException if it diverged, and again at a smaller step
     */
    static Outcome fit(Engine engine, BenchmarkSet set, long seed, Runnable epochEnded) {
        SeriesModel model = new SeriesModelTrainer(engine, options(set))
                .fit(set.train(), seed, (stage, completed, of, error) -> epochEnded.run());
        LabelledWindows labelled = set.labelled();
        Double detection = labelled == null
                ? null
                : (Double) labelled.detection(RowErrors.of(labelled.rows(), model.reconstruct(labelled.rows())));
        return new Outcome(
                model.testError(set.test()),
                SymmetryWords.of(model.symmetry()),
                detection,
                model.portrait(set.train(), 0).map(DefaultModel::shortened).orElse(null));
    }

    private static SymmetryPortrait shortened(SymmetryPortrait portrait) {
        return new SymmetryPortrait(
                portrait.candidate(),
                portrait.series(),
                portrait.explainedShare(),
                portrait.motions().stream().limit(MOTIONS).toList());
    }

    /** Images and the like are no series, and so many that few passes over them are enough. */
    private static SeriesModelOptions options(BenchmarkSet set) {
        return set.series()
                ? SeriesModelOptions.defaults()
                : SeriesModelOptions.forRows().withEpochs(EPOCHS_OF_ROWS);
    }
}
