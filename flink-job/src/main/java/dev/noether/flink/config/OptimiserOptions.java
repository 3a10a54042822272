package dev.noether.flink.config;

import java.io.Serializable;

/**
 * Settings of the gradient descent.
 *
 * @param epochs largest number of passes over the rows
 * @param batchSize number of rows in one gradient step
 * @param learningRate learning rate of Adam
 * @param patience number of epochs without a better validation loss after which training stops
 * @param seed seed of the initial weights, the sample and the order of the batches
 */
public record OptimiserOptions(int epochs, int batchSize, double learningRate, int patience, long seed)
        implements Serializable {
    public OptimiserOptions {
        Options.RETRAINING_EPOCHS.check(epochs);
        Options.RETRAINING_BATCH_SIZE.check(batchSize);
        Options.RETRAINING_LEARNING_RATE.check(learningRate);
        Options.RETRAINING_PATIENCE.check(patience);
        Options.RETRAINING_SEED.check(seed);
    }

    static OptimiserOptions of(OptionValues values) {
        return new OptimiserOptions(
                values.get(Options.RETRAINING_EPOCHS),
                values.get(Options.RETRAINING_BATCH_SIZE),
                values.get(Options.RETRAINING_LEARNING_RATE),
                values.get(Options.RETRAINING_PATIENCE),
                values.get(Options.RETRAINING_SEED));
    }
}
