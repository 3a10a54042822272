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
        RetrainingSection.EPOCHS.check(epochs);
        RetrainingSection.BATCH_SIZE.check(batchSize);
        RetrainingSection.LEARNING_RATE.check(learningRate);
        RetrainingSection.PATIENCE.check(patience);
        RetrainingSection.SEED.check(seed);
    }

    static OptimiserOptions of(OptionValues values) {
        return new OptimiserOptions(
                values.get(RetrainingSection.EPOCHS),
                values.get(RetrainingSection.BATCH_SIZE),
                values.get(RetrainingSection.LEARNING_RATE),
                values.get(RetrainingSection.PATIENCE),
                values.get(RetrainingSection.SEED));
    }
}
