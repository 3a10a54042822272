package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.DetectionTestSet;
import dev.noether.lab.series.SeriesModel;
import dev.noether.lab.series.SeriesModelOptions;
import dev.noether.lab.series.SeriesModelTrainer;
import dev.noether.lab.series.SeriesProgress;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import org.jspecify.annotations.Nullable;

/**
 * The project's own model for series and its controls, seen from here: one training, its test error, and what it chose.
 *
 * @param engine to train with
 * @param set of whose training rows it takes what it validates on, and whose test rows are measured once
 */
record DefaultModelTrainer(Engine engine, BenchmarkSet set) {
    /**
     * Rows that are no series, as images, may be many: the passes over them end at so many rows in all, but for the
     * fewest.
     */
    private static final int MOST_ROWS_IN_ALL = 1_440_000;

    private static final int FEWEST_PASSES = 24;
    /** A portrait shows the strongest motions only. */
    private static final int MOTIONS = 3;

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
     * Trains it with its default options, but for the symmetries that a control has to choose from.
     *
     * @param seed of the run
     * @param progress told after each epoch; may throw to end the training
     * @throws dev.noether.model.training.TrainingDivergedException if it diverged, and again at a smaller step
     */
    Outcome fit(ComparedMethod method, long seed, SeriesProgress progress) {
        SeriesModel model = new SeriesModelTrainer(engine, options(method)).fit(set.train(), seed, progress);
        DetectionTestSet labelled = set.labelled();
        Double detection = labelled == null
                ? null
                : (Double) labelled.vusPr(ReconstructionErrors.of(labelled.rows(), model.reconstruct(labelled.rows())));
        return new Outcome(
                model.testError(set.test()),
                SymmetryDescription.of(model),
                detection,
                model.portrait(set.train(), 0)
                        .map(DefaultModelTrainer::shortened)
                        .orElse(null));
    }

    /** How often a training sees each row of a set of rows that are no series, at most. */
    static int passes(BenchmarkSet set) {
        int most = SeriesModelOptions.forRows().epochs();
        return Math.max(
                FEWEST_PASSES, Math.min(most, MOST_ROWS_IN_ALL / set.train().count()));
    }

    private static SymmetryPortrait shortened(SymmetryPortrait portrait) {
        return new SymmetryPortrait(
                portrait.candidate(),
                portrait.series(),
                portrait.explainedShare(),
                portrait.motions().stream().limit(MOTIONS).toList());
    }

    /** What has no order in time has no shifts and warps either, so that there only none is left of them. */
    private SeriesModelOptions options(ComparedMethod method) {
        SeriesModelOptions options = set.series()
                ? SeriesModelOptions.defaults()
                : SeriesModelOptions.forRows().withEpochs(passes(set));
        return switch (method) {
            case DEFAULT -> options;
            case DEFAULT_SHIFT ->
                set.series() ? options.withFamilies(SymmetryFamily.PRESCRIBED_SHIFT) : options.withFamilies();
            case DEFAULT_WARP ->
                set.series() ? options.withFamilies(SymmetryFamily.PRESCRIBED_WARP) : options.withFamilies();
            case DEFAULT_NONE -> options.withFamilies();
            default -> throw new IllegalArgumentException(method + " is not a form of the default model");
        };
    }
}
