package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import java.util.function.Supplier;

/** Hears of each epoch as it ends, on the training thread. What it throws ends the training. */
@FunctionalInterface
public interface TrainingProgress {

    /** Listens to nothing. */
    TrainingProgress SILENT = (epoch, of, trainError, validationError) -> {};

    /**
     * An epoch has ended.
     *
     * @param epoch from 1; starts again at 1 if training diverged and is repeated at a smaller learning rate
     * @param of largest number of epochs
     * @param trainError mean squared error of the training windows, as they came in the epoch
     * @param validationError mean squared error of the validation windows after the epoch
     */
    void epochCompleted(int epoch, int of, double trainError, double validationError);

    /**
     * An epoch has ended; told after {@link #epochCompleted}.
     *
     * @param epoch from 1, as there
     * @param network gives a copy of the network as it is now; to be asked during the call only
     */
    default void networkAfter(int epoch, Supplier<Autoencoder> network) {}
}
