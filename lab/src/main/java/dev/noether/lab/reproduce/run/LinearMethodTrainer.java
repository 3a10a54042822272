package dev.noether.lab.reproduce.run;

import dev.noether.lab.data.RowSplit;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.RunResult.Findings;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.DetectionTestSet;
import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.symmetry.learned.SymmetrySelection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fits the linear methods: principal components of the training rows, as they are or augmented along a symmetry.
 *
 * @param set the set; all its training rows are used, as there is no epoch to choose
 */
record LinearMethodTrainer(BenchmarkSet set) {
    /** A symmetry is chosen on at most this many rows. */
    private static final int SELECTION_ROWS = 2000;

    /**
     * Fits principal components. The remark gives the error of components fitted to the test rows, the least possible.
     */
    RunResult principalComponents(RunIdentity identity) {
        long start = System.nanoTime();
        double error = error(set.train());
        String least = String.format(
                Locale.ROOT,
                "components fitted to the test rows would leave %.4g, the least error of any linear map",
                100 * error(set.test()));
        return result(identity, error, detection(set.train()), start, least);
    }

    /** Fits principal components to rows that are augmented along the symmetry that cross-validation chooses. */
    RunResult augmentedComponents(RunIdentity identity) {
        long start = System.nanoTime();
        SeriesSet train = set.train();
        SelectionOptions defaults =
                SelectionOptions.of(set.series() ? SymmetryFamily.LEARNED_WARP : SymmetryFamily.LEARNED_ROTATION);
        SelectionOptions options = new SelectionOptions(
                defaults.families(), defaults.smoothings(), defaults.strengths(), defaults.folds(), identity.seed());
        SymmetrySelection selection = new SymmetrySelection(options, new PrincipalComponentsLoss(Protocol.CODE_SIZE));
        if (train.count() < Math.max(4, options.folds())) {
            return result(identity, error(train), null, start, "none: too few rows to choose by");
        }
        SeriesSet sample = train.count() <= SELECTION_ROWS
                ? train
                : RowSplit.of(train, (double) SELECTION_ROWS / train.count(), identity.seed())
                        .sample();
        SymmetryReport report = selection.select(sample);
        SeriesSet augmented = report.flow().isPresent() ? selection.augmented(report, train) : train;
        return result(identity, error(augmented), detection(augmented), start, SymmetryDescription.of(report));
    }

    private static RunResult result(
            RunIdentity identity, double error, @Nullable Double detection, long start, String remark) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return RunResult.withoutEpochs(identity, error, detection, seconds, new Findings(null, remark, null));
    }

    /** The mean test error of components fitted to these rows. */
    private double error(SeriesSet train) {
        PrincipalComponents components = components(train);
        float[] test = set.test().values();
        double sum = 0;
        for (int row = 0; row < set.test().count(); row++) {
            sum += components.reconstructionError(test, row * train.length());
        }
        return sum / set.test().count();
    }

    private @Nullable Double detection(SeriesSet train) {
        DetectionTestSet labelled = set.labelled();
        if (labelled == null) {
            return null;
        }
        PrincipalComponents components = components(train);
        float[] values = labelled.rows().values();
        float[] errors = new float[labelled.rows().count()];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = (float) components.reconstructionError(values, row * train.length());
        }
        return labelled.vusPr(errors);
    }

    private static PrincipalComponents components(SeriesSet train) {
        return PrincipalComponents.fit(train.values(), train.count(), train.length(), Protocol.CODE_SIZE);
    }
}
