package dev.noether.lab.series;

/** Receives the progress of a fit, on the thread of the fit. An exception of the listener ends the fit. */
@FunctionalInterface
public interface SeriesProgress {

    /** Ignores all progress. */
    SeriesProgress SILENT = (stage, completed, of, error) -> {};

    /** The stage of a fit. */
    enum Stage {
        /** Choosing the symmetry and the number of epochs, on a part of the training series. */
        SELECTION,
        /** Training on all training series. */
        TRAINING
    }

    /**
     * Reports the end of an epoch.
     *
     * @param completed number of completed epochs of the stage, from 1; increases by more than 1 if some are not
     *     needed; starts again at 1 if a diverged training is repeated
     * @param of largest number of epochs of the stage
     * @param error mean squared error of the series of this epoch, moved copies included
     */
    void completed(Stage stage, int completed, int of, double error);
}
