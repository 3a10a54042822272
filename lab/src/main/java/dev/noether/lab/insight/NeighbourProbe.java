package dev.noether.lab.insight;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.JacobianPropagation;
import dev.noether.model.gradient.LayerArrays;
import dev.noether.model.method.NeighbouringRegions;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.LatentSampler;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.SymmetryPenalty;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Samples neighbours on the surface of a trained decoder as the penalty did, and computes which of the learned
 * generators relate them. Not thread-safe: works on the thread of its engine.
 */
public final class NeighbourProbe {
    private final Engine engine;
    private final Autoencoder network;
    private final Generators generators;
    private final PenaltyOptions options;

    /**
     * Makes a probe of a trained network.
     *
     * @param generators generators that were learned with the network
     * @param options radius and ridge of the training, and the number of pairs to sample
     */
    public NeighbourProbe(Engine engine, Autoencoder network, Generators generators, PenaltyOptions options) {
        this.engine = engine;
        this.network = network;
        this.generators = generators;
        this.options = options;
    }

    /**
     * Relates neighbouring points of the surface (Eq. 12).
     *
     * @param codes codes around which points are sampled, {@code [rows, codeSize]}, at least one row
     */
    public TransformationUse points(float[] codes, int rows, RandomGenerator random) {
        float[] latentPairs = sample(codes, rows, random);
        int samples = options.samples();
        float[] pairs = decoder(2 * samples).forward(new LayerArrays(network), latentPairs, 2 * samples);
        return use(pairs, samples, 1);
    }

    /**
     * Relates the tangents of neighbouring regions (Eq. 13). Pairs without a neighbouring region are omitted, so that
     * the result may be empty.
     */
    public TransformationUse tangents(float[] codes, int rows, RandomGenerator random) {
        float[] latentPairs = sample(codes, rows, random);
        int samples = options.samples();
        LayerArrays parameters = new LayerArrays(network);
        float[] neighbours = new float[latentPairs.length];
        int pairCount =
                new NeighbouringRegions(engine, network, samples).find(parameters, latentPairs, samples, neighbours);
        if (pairCount == 0) {
            return new TransformationUse(new double[0][], new double[0][], Double.NaN);
        }
        Backpropagation decoder = decoder(2 * pairCount);
        decoder.forward(parameters, neighbours, 2 * pairCount);
        float[] pairs = JacobianPropagation.ofDecoder(engine, network, 2 * pairCount)
                .forward(parameters, decoder, 2 * pairCount);
        return use(pairs, pairCount, network.shape().codeSize());
    }

    private float[] sample(float[] codes, int rows, RandomGenerator random) {
        int codeSize = network.shape().codeSize();
        float[] latentPairs = new float[2 * options.samples() * codeSize];
        new LatentSampler(codeSize, options.radius()).sample(codes, rows, random, options.samples(), latentPairs);
        return latentPairs;
    }

    private Backpropagation decoder(int capacity) {
        AutoencoderShape shape = network.shape();
        return new Backpropagation(engine, shape, network.base().orElse(null), shape.codeLayer() + 1, capacity);
    }

    private TransformationUse use(float[] pairs, int samples, int rowsPerSample) {
        SymmetryPenalty penalty = new SymmetryPenalty(
                generators.trainable(engine, samples * rowsPerSample), samples, rowsPerSample, options.ridge());
        penalty.evaluate(pairs, samples, 1);
        int count = generators.count();
        int width = generators.width();
        double[][] coefficients = new double[samples][count];
        double[][] contributions = new double[samples][count];
        double unexplained = 0;
        double total = 0;
        for (int sample = 0; sample < samples; sample++) {
            for (int row = sample * rowsPerSample; row < (sample + 1) * rowsPerSample; row++) {
                int neighbour = (samples * rowsPerSample + row) * width;
                float[] point = Arrays.copyOfRange(pairs, neighbour, neighbour + width);
                double[] residual = new double[width];
                for (int column = 0; column < width; column++) {
                    residual[column] = (double) pairs[row * width + column] - point[column];
                    total += residual[column] * residual[column];
                }
                for (int generator = 0; generator < count; generator++) {
                    double coefficient = penalty.coefficients()[sample * count + generator];
                    coefficients[sample][generator] = coefficient;
                    float[] direction = generators.direction(generator, point);
                    for (int column = 0; column < width; column++) {
                        double move = coefficient * direction[column];
                        residual[column] -= move;
                        contributions[sample][generator] += move * move;
                    }
                }
                for (double value : residual) {
                    unexplained += value * value;
                }
            }
            for (int generator = 0; generator < count; generator++) {
                contributions[sample][generator] = Math.sqrt(contributions[sample][generator]);
            }
        }
        return new TransformationUse(coefficients, contributions, unexplained / total);
    }
}
