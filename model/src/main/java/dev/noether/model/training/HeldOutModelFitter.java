package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import java.util.List;

/**
 * Fits a model around a network that uses its learned part. The network cannot be trained again for each fold, so the
 * calibration part of the history is held out.
 */
final class HeldOutModelFitter {
    private final DetectorOptions options;
    private final ModelFitter fitter;

    HeldOutModelFitter(DetectorOptions options, ModelFitter fitter) {
        this.options = options;
        this.fitter = fitter;
    }

    /**
     * Fits the forecast to the training and the validation part.
     *
     * @throws HistoryPartEmptyException if these have no window of {@link DetectorOptions#contextRows} rows
     */
    FoldedModel fit(HistorySplit split, DetectorNetwork network) {
        WindowSet windows = split.beforeCalibration(network.scaling(), options.contextRows());
        if (windows.count() == 0) {
            throw new HistoryPartEmptyException("the training and validation parts of the history have no window of "
                    + options.contextRows() + " rows");
        }
        ModelArtifact model = fitter.fit(network.scaling(), network.trained().autoencoder(), windows);
        long end = split.calibrationFrom();
        List<Fold> folds = List.of(new Fold(Long.MIN_VALUE, end, model), new Fold(end, Long.MAX_VALUE, model));
        return new FoldedModel(model, folds, 1, 1);
    }
}
