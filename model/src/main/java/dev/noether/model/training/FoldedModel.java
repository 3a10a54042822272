package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import java.util.List;

/**
 * An uncalibrated model, with the folds of the history that show how it performs on rows it was not fitted to.
 *
 * @param model the model to calibrate
 * @param folds folds of the history in order of time, without gaps
 * @param calibratedFrom index of the first fold that is judged with baselines over the folds before it, at least 1
 * @param judgedFrom index of the first fold whose rows were not part of the fit of its model, at most
 *     {@code calibratedFrom}; the alarm scores of all rows from it on are the calibration
 */
record FoldedModel(ModelArtifact model, List<Fold> folds, int calibratedFrom, int judgedFrom) {
    FoldedModel {
        folds = List.copyOf(folds);
    }
}
