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
        OptionRegistry.RETRAINING_EPOCHS.check(epochs);
        OptionRegistry.RETRAINING_BATCH_SIZE.check(batchSize);
        OptionRegistry.RETRAINING_LEARNING_RATE.check(learningRate);
        OptionRegistry.RETRAINING_PATIENCE.check(patience);
        OptionRegistry.RETRAINING_SEED.check(seed);
    }

    static OptimiserOptions of(OptionValues values) {
        return new OptimiserOptions(
                values.get(OptionRegistry.RETRAINING_EPOCHS),
                values.get(OptionRegistry.RETRAINING_BATCH_SIZE),
                values.get(OptionRegistry.RETRAINING_LEARNING_RATE),
                values.get(OptionRegistry.RETRAINING_PATIENCE),
                values.get(OptionRegistry.RETRAINING_SEED));
    }
}
