package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import java.util.function.Supplier;

/** Is notified after each epoch, on the training thread. An exception that it throws ends the training. */
@FunctionalInterface
public interface TrainingProgress {

    /** Ignores all epochs. */
    TrainingProgress SILENT = (epoch, of, trainError, validationError) -> {};

    /**
     * Called after an epoch.
     *
     * @param epoch number of the epoch, from 1; starts again at 1 if training diverged and is repeated at a smaller
     *     learning rate
     * @param of largest number of epochs
     * @param trainError mean squared error of the training windows, each measured before the step it took part in
     * @param validationError mean squared error of the validation windows after the epoch
     */
    void epochCompleted(int epoch, int of, double trainError, double validationError);

    /**
     * Called after {@link #epochCompleted} with access to the network.
     *
     * @param epoch number of the epoch, from 1
     * @param network supplies a copy of the current network; valid during the call only
     */
    default void networkAfter(int epoch, Supplier<Autoencoder> network) {}
}
