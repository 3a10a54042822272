package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.gradient.MeanSquaredError;
import dev.noether.model.method.MethodStep;
import dev.noether.model.symmetry.Generators;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One attempt at training: parameters, moments of the optimiser and work arrays. Not thread safe. */
final class TrainingAttempt {
    private static final int VALIDATION_BATCH = 256;

    private final AutoencoderShape shape;
    private final TrainingOptions options;
    private final RandomGenerator random;
    private final LayerArrays parameters;
    private final LayerArrays gradient;
    private final Adam adam;
    private final Adam.Moments[] weightMoments;
    private final Adam.Moments[] biasMoments;
    private final Backpropagation network;
    private final MeanSquaredError error;
    private final float[] batch;
    private final Backpropagation validationNetwork;
    private final float[] validationBatch;
    private final MethodStep method;
    private double penalty;
    private long steps;

    TrainingAttempt(
            Engine engine, Autoencoder initial, TrainingOptions options, double learningRate, int validationCount) {
        this.shape = initial.shape();
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.parameters = new LayerArrays(initial);
        this.gradient = new LayerArrays(shape);
        this.adam = new Adam(learningRate, options.warmUpSteps(), options.weightDecay());
        this.weightMoments = new Adam.Moments[shape.layerCount()];
        this.biasMoments = new Adam.Moments[shape.layerCount()];
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            weightMoments[layer] = new Adam.Moments(shape.weightCount(layer));
            biasMoments[layer] = new Adam.Moments(shape.layerWidth(layer));
        }
        LinearBase base = initial.base().orElse(null);
        this.error = new MeanSquaredError(shape.inputWidth());
        this.batch = new float[Math.multiplyExact(options.batchSize(), shape.inputWidth())];
        int validationRows = Math.min(VALIDATION_BATCH, validationCount);
        this.validationNetwork = new Backpropagation(engine, shape, base, 0, validationRows);
        this.validationBatch = new float[Math.multiplyExact(validationRows, shape.inputWidth())];
        this.method = options.method().step(engine, initial, options.batchSize(), random);
        this.network = new Backpropagation(engine, shape, base, 0, options.batchSize(), method.mostLatentRows());
    }

    /**
     * Trains for one epoch on the windows in a new order; returns the training error, NaN or infinite if it diverged.
     */
    double epoch(BatchSource windows) {
        windows.shuffle(random);
        double errors = 0;
        double penalties = 0;
        int epochSteps = 0;
        for (int start = 0; start < windows.count(); start += options.batchSize()) {
            int rows = windows.gather(start, options.batchSize(), batch);
            double batchError = step(rows);
            if (!Double.isFinite(batchError + penalty)) {
                return Double.NaN;
            }
            errors += batchError * rows;
            penalties += penalty;
            epochSteps++;
        }
        if (!momentsAreFinite()) {
            return Double.NaN;
        }
        penalty = penalties / epochSteps;
        return errors / windows.count();
    }

    private boolean momentsAreFinite() {
        for (int layer = 0; layer < parameters.layers(); layer++) {
            if (!weightMoments[layer].allFinite() || !biasMoments[layer].allFinite()) {
                return false;
            }
        }
        return true;
    }

    private double step(int rows) {
        network.forward(parameters, method.input(batch, rows, random), rows, shape.codeLayer());
        float[] codes = network.activation(shape.codeLayer());
        int latentRows = method.drawLatentPoints(codes, rows, random);
        float[] output = network.decode(parameters, rows + latentRows);
        double batchError = error.differentiate(output, batch, rows, network.outputGradient());
        penalty = method.differentiateAtLatentPoints(output, rows, network.outputGradient());
        network.backward(parameters, rows, latentRows, gradient, false);
        penalty += method.differentiate(parameters, batch, codes, rows, random, gradient);
        adam.beginStep();
        for (int layer = 0; layer < parameters.layers(); layer++) {
            adam.updateWeights(parameters.weights(layer), gradient.weights(layer), weightMoments[layer]);
            adam.update(parameters.biases(layer), gradient.biases(layer), biasMoments[layer]);
        }
        method.update(adam);
        steps++;
        return batchError;
    }

    /** The mean squared error of windows under the present parameters. */
    double validate(BatchSource windows) {
        int capacity = validationBatch.length / shape.inputWidth();
        double errors = 0;
        for (int start = 0; start < windows.count(); start += capacity) {
            int rows = windows.gather(start, capacity, validationBatch);
            float[] output = validationNetwork.forward(parameters, validationBatch, rows);
            errors += rows * error.differentiate(output, validationBatch, rows, validationNetwork.outputGradient());
        }
        return errors / windows.count();
    }

    /** The mean penalty over the steps of the last epoch. */
    double penalty() {
        return penalty;
    }

    long steps() {
        return steps;
    }

    Autoencoder autoencoder() {
        return parameters.toAutoencoder();
    }

    Optional<Generators> generators() {
        return method.generators();
    }
}
