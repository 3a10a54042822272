package dev.noether.model.training;

import static java.util.Objects.requireNonNull;

import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;

/**
 * Settings for training a network. The defaults follow the paper's protocol: batches of 16, at most 125 epochs, Adam.
 *
 * @param epochs largest number of passes over the training windows
 * @param batchSize number of windows per step; the last batch of an epoch may be smaller
 * @param learningRate step size of Adam after the warm-up
 * @param warmUpSteps number of steps over which the learning rate rises linearly; 0 for none
 * @param patience number of epochs without a better validation error after which training stops
 * @param weightDecay decoupled decay of the weights per step, times the learning rate; 0 for none
 * @param method term added to the reconstruction loss; none by default
 * @param seed seed of the initial parameters, the order of the windows, and the random numbers of the method
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        double learningRate,
        int warmUpSteps,
        int patience,
        double weightDecay,
        TrainingMethod method,
        long seed) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public TrainingOptions {
        requireAtLeast("epochs", epochs, 1);
        requireAtLeast("batchSize", batchSize, 1);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("`learningRate` must be in (0, 1] (got %s)".formatted(learningRate));
        }
        requireAtLeast("warmUpSteps", warmUpSteps, 0);
        requireAtLeast("patience", patience, 1);
        if (!(weightDecay >= 0 && weightDecay <= 1)) {
            throw new IllegalArgumentException("`weightDecay` must be in [0, 1] (got %s)".formatted(weightDecay));
        }
        requireNonNull(method, "method");
    }

    /**
     * 125 epochs, batches of 16, learning rate 0.001 after 100 steps, patience 20, no decay, the plain method, seed 1.
     */
    public static TrainingOptions defaults() {
        return new TrainingOptions(125, 16, 1e-3, 100, 20, 0, new Plain(), 1);
    }

    /** These options with another number of epochs. */
    public TrainingOptions withEpochs(int epochs) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another batch size. */
    public TrainingOptions withBatchSize(int batchSize) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another learning rate. */
    public TrainingOptions withLearningRate(double learningRate) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another warm-up. */
    public TrainingOptions withWarmUpSteps(int warmUpSteps) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another patience. */
    public TrainingOptions withPatience(int patience) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another weight decay. */
    public TrainingOptions withWeightDecay(double weightDecay) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another method. */
    public TrainingOptions withMethod(TrainingMethod method) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    /** These options with another seed. */
    public TrainingOptions withSeed(long seed) {
        return new TrainingOptions(epochs, batchSize, learningRate, warmUpSteps, patience, weightDecay, method, seed);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException("`%s` must be at least %d (got %d)".formatted(name, least, value));
        }
    }
}
