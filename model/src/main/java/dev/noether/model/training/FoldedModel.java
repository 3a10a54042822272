package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import java.util.List;

/**
 * An uncalibrated model, with the folds of the history that show how it performs on rows it was not fitted to.
 *
 * @param model the model to calibrate
 * @param folds folds of the history in order of time, without gaps
 * @param calibratedFrom index of the first fold whose rows are used for calibration, at least 1
 */
record FoldedModel(ModelArtifact model, List<Fold> folds, int calibratedFrom) {
    FoldedModel {
        folds = List.copyOf(folds);
    }
}
