package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.Scaling;
import java.util.List;
import java.util.function.Function;

/**
 * Fits a model with linear parts only to the whole history. Its folds are judged by models that were fitted to other
 * rows ({@link CrossFit}).
 */
final class LinearModelFitter {
    private final DetectorOptions options;
    private final ModelFitter fitter;
    private final int features;

    /**
     * Makes a fitter.
     *
     * @param features values in a row
     */
    LinearModelFitter(DetectorOptions options, ModelFitter fitter, int features) {
        this.options = options;
        this.fitter = fitter;
        this.features = features;
    }

    /**
     * Fits.
     *
     * @throws HistoryPartEmptyException if there is no window outside a fold
     */
    FoldedModel fit(HistorySplit split) {
        int rows = options.contextRows();
        float[] values = split.allRows();
        Scaling scaling = Scaling.fit(options.scaling(), values, values.length / features, features, split.origin());
        NetworkInitialiser networks = new NetworkInitialiser(
                options.network(), features, options.training().seed());
        Function<WindowSet, ModelArtifact> fit = windows -> fitter.fit(
                scaling, networks.initial(windows.lastRows(options.network().windowRows(), rows, features)), windows);
        List<Fold> folds = CrossFit.of(split, scaling, rows, fit);
        return new FoldedModel(fit.apply(split.all(scaling, rows)), folds, CrossFit.CALIBRATED_FROM, 0);
    }
}
