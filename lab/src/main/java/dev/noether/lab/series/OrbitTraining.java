package dev.noether.lab.series;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.gradient.MeanSquaredError;
import dev.noether.model.series.SeriesSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One training on series that are moved along a flow. Each epoch uses new random copies, so that the network cannot
 * memorise them. The trained network is the average of the networks of the last steps. Not thread-safe.
 */
final class OrbitTraining {
    /** Smallest number of series in an epoch. */
    static final int FEWEST_ROWS = 1280;

    private static final int WARM_UP_STEPS = 100;
    private static final int HIDDEN_LAYERS = 2;

    private final OrbitSampler source;
    private final SeriesScale scale;
    private final AutoencoderShape shape;
    private final int batchSize;
    private final int stepsPerEpoch;
    private final long allSteps;
    private final Adam adam;
    private final LayerArrays parameters;
    private final LayerArrays gradient;
    private final Adam.Moments[] weightMoments;
    private final Adam.Moments[] biasMoments;
    private final WeightAverage average;
    private final Backpropagation network;
    private final Backpropagation validationNetwork;
    private final MeanSquaredError error;
    private final float[] batch;
    private final float[] validationBatch;
    private long steps;

    /**
     * Prepares a training.
     *
     * @param epochs number of epochs over which the learning rate falls
     */
    OrbitTraining(Engine engine, SeriesModelOptions options, OrbitSampler source, int epochs) {
        SeriesSet series = source.series();
        RandomGenerator random = new SplittableRandom(~source.seed());
        int length = series.length();
        this.source = source;
        this.scale = SeriesScale.of(series);
        List<Integer> hidden = Collections.nCopies(HIDDEN_LAYERS, options.hiddenWidth());
        this.shape = new AutoencoderShape(length, hidden, Math.min(options.codeSize(), length), hidden);
        SeriesSet sample = source.sample();
        LinearBase base =
                PrincipalBaseFitter.of(engine, scale.scaled(sample), sample.count(), length, shape.codeSize());
        Autoencoder initial = Autoencoder.residual(shape, base, random);
        this.batchSize = options.batchSize();
        this.stepsPerEpoch = (Math.max(FEWEST_ROWS, series.count()) + batchSize - 1) / batchSize;
        this.allSteps = (long) epochs * stepsPerEpoch;
        this.adam = new Adam(options.learningRate(), WARM_UP_STEPS, 0);
        this.parameters = new LayerArrays(initial);
        this.gradient = new LayerArrays(shape);
        this.weightMoments = new Adam.Moments[shape.layerCount()];
        this.biasMoments = new Adam.Moments[shape.layerCount()];
        Arrays.setAll(weightMoments, layer -> new Adam.Moments(shape.weightCount(layer)));
        Arrays.setAll(biasMoments, layer -> new Adam.Moments(shape.layerWidth(layer)));
        this.average = new WeightAverage(initial);
        this.network = new Backpropagation(engine, shape, base, 0, batchSize);
        this.validationNetwork = new Backpropagation(engine, shape, base, 0, batchSize);
        this.error = new MeanSquaredError(length);
        this.batch = new float[Math.multiplyExact(batchSize, length)];
        this.validationBatch = new float[batch.length];
    }

    /**
     * Trains for an epoch. Returns the mean squared error before each step, averaged over the steps, in the unit of the
     * series; NaN if the training diverged.
     */
    double epoch() {
        double errors = 0;
        for (int step = 0; step < stepsPerEpoch; step++) {
            double batchError = step();
            if (!Double.isFinite(batchError)) {
                return Double.NaN;
            }
            errors += batchError;
        }
        return momentsAreFinite() ? scale.unscaledSquare(errors / stepsPerEpoch) : Double.NaN;
    }

    private double step() {
        for (int row = 0; row < batchSize; row++) {
            scale.copy(source.next(), batch, row * shape.inputWidth());
        }
        float[] output = network.forward(parameters, batch, batchSize);
        double batchError = error.differentiate(output, batch, batchSize, network.outputGradient());
        network.backward(parameters, batchSize, gradient, false);
        steps++;
        adam.beginStep((1 + Math.cos(Math.PI * steps / (allSteps + 1.0))) / 2);
        for (int layer = 0; layer < parameters.layers(); layer++) {
            adam.update(parameters.weights(layer), gradient.weights(layer), weightMoments[layer]);
            adam.update(parameters.biases(layer), gradient.biases(layer), biasMoments[layer]);
        }
        average.add(parameters);
        return batchError;
    }

    /** An infinite moment would prevent all further changes of its parameter. */
    private boolean momentsAreFinite() {
        for (int layer = 0; layer < parameters.layers(); layer++) {
            if (!weightMoments[layer].allFinite() || !biasMoments[layer].allFinite()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Computes the mean squared error of each series with the current network, in the unit of the series, and writes
     * the errors from an index on.
     *
     * @param share share of the learned layers that is added to the principal components, in [0, 1]
     */
    void errors(SeriesSet heldOut, double share, double[] errors, int from) {
        LayerArrays shrunk = share == 1
                ? average.parameters()
                : new LayerArrays(average.parameters().toAutoencoder().shrunk(share));
        int length = heldOut.length();
        double[] row = new double[length];
        for (int start = 0; start < heldOut.count(); start += batchSize) {
            int rows = Math.min(batchSize, heldOut.count() - start);
            for (int index = 0; index < rows; index++) {
                heldOut.copyRow(start + index, row);
                scale.copy(row, validationBatch, index * length);
            }
            float[] output = validationNetwork.forward(shrunk, validationBatch, rows);
            for (int index = 0; index < rows; index++) {
                errors[from + start + index] = scale.unscaledSquare(meanSquare(output, index * length, length));
            }
        }
    }

    private double meanSquare(float[] output, int offset, int length) {
        double squares = 0;
        for (int index = offset; index < offset + length; index++) {
            double difference = (double) output[index] - validationBatch[index];
            squares += difference * difference;
        }
        return squares / length;
    }

    /** Returns the current network with a share of its learned layers, for series in their own unit. */
    Autoencoder network(double share) {
        return scale.unscaled(average.parameters().toAutoencoder().shrunk(share));
    }
}
