package dev.noether.lab.series;

/** Hears how far a fit has come, on the fitting thread. What it throws ends the fit. */
@FunctionalInterface
public interface SeriesProgress {

    /** Listens to nothing. */
    SeriesProgress SILENT = (stage, completed, of, error) -> {};

    /** What a fit is at. */
    enum Stage {
        /** Choosing the symmetry and the number of epochs, on a part of the training series. */
        SELECTION,
        /** Training on all training series. */
        TRAINING
    }

    /**
     * A piece of work has ended: an epoch.
     *
     * @param completed how many pieces of the stage are done, from 1; leaps where some turn out not to be needed;
     *     starts again at 1 if a diverged training is repeated
     * @param of how many there are at most
     * @param error mean squared error of the series of this epoch, moved copies included
     */
    void completed(Stage stage, int completed, int of, double error);
}
