package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import dev.noether.model.symmetry.learned.GeneratorCovariance;
import dev.noether.model.symmetry.learned.GeneratorCovarianceEstimator;
import java.util.SplittableRandom;

/**
 * Trains a {@link SymmetryAutoencoder}. The prototypes are evenly spaced training windows. The covariance of the steps
 * is learned from random windows and the prototypes that explain them best, by expectation maximisation; with the
 * learned covariance the windows are matched again.
 *
 * <p>Standardised windows are also whitened by the covariance R of the differences that the generators leave, shrunk by
 * {@value #SHRINKAGE} towards a multiple of I.
 */
final class SymmetryAutoencoderTrainer {
    private static final int PAIRS = 800;
    private static final int ROUNDS = 3;
    private static final int EXPECTATION_ROUNDS = 15;
    private static final double SHRINKAGE = 0.2;

    /** The least noise, in units of the variance of the signal. */
    private static final double LEAST_NOISE = 1e-6;

    private final Engine engine;
    private final int mostPrototypes;
    private final long seed;

    SymmetryAutoencoderTrainer(Engine engine, int mostPrototypes, long seed) {
        this.engine = engine;
        this.mostPrototypes = mostPrototypes;
        this.seed = seed;
    }

    /** The result of a training. */
    record Trained(SymmetryAutoencoder model, PrototypeSet prototypes, double[] errors, double deviation) {}

    Trained train(ShapeHistory history, ShapeMotions motions, boolean isWhitened) {
        PrototypeSet set = new PrototypeSet(history, mostPrototypes);
        float[] prototypes = set.values();
        MatchedWindows pairs = new MatchedWindows(history, set, PAIRS, new SplittableRandom(seed));
        int size = motions.size();
        SymmetryAutoencoder model =
                new SymmetryAutoencoder(history.window(), motions, prototypes, new double[size][size], 1, new float[0]);
        for (int round = 0; round < ROUNDS; round++) {
            pairs.match(model, engine);
            GeneratorCovariance learned =
                    new GeneratorCovarianceEstimator(EXPECTATION_ROUNDS).estimate(pairs, motions.generators());
            model = new SymmetryAutoencoder(
                    history.window(),
                    motions,
                    prototypes,
                    learned.covariance(),
                    Math.max(learned.noiseVariance(), LEAST_NOISE),
                    new float[0]);
        }
        double deviation = Math.sqrt(model.noise());
        if (isWhitened) {
            model = new SymmetryAutoencoder(
                    history.window(),
                    motions,
                    prototypes,
                    model.covariance(),
                    model.noise(),
                    whitening(residualCovariance(pairs, model)));
        }
        pairs.match(model, engine);
        return new Trained(model, set, pairs.errors().clone(), deviation);
    }

    /**
     * The errors by which an autoencoder is calibrated: those of the windows of the training, each without the
     * prototypes that overlap it.
     */
    double[] errors(SymmetryAutoencoder model, PrototypeSet set) {
        MatchedWindows pairs = new MatchedWindows(set.history(), set, PAIRS, new SplittableRandom(seed));
        pairs.match(model, engine);
        return pairs.errors();
    }

    /** R: the mean of {@code r rᵀ + Tᵀ C T} over the pairs, with r what the best steps leave. */
    private static double[][] residualCovariance(MatchedWindows pairs, SymmetryAutoencoder model) {
        int width = pairs.length();
        double[][] root = SymmetricEigendecomposition.of(model.covariance()).squareRoot();
        double[][] sum = new double[width][width];
        double[] difference = new double[width];
        double[] point = new double[width];
        for (int pair = 0; pair < pairs.count(); pair++) {
            pairs.copyPair(pair, difference, point);
            double[][] tangents = model.tangents(pairs.prototype(pair));
            double[] steps = ShiftedTangents.steps(tangents, root, model.noise(), difference);
            for (int b = 0; b < steps.length; b++) {
                Vectors.addMultiple(difference, -steps[b], tangents[b]);
            }
            double[][] remaining = ShiftedTangents.remaining(tangents, root, model.noise());
            double[][] spread = Matrices.product(Matrices.transpose(tangents), Matrices.product(remaining, tangents));
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++) {
                    sum[row][column] += difference[row] * difference[column] + spread[row][column];
                }
            }
        }
        return Matrices.divide(sum, pairs.count());
    }

    /** A: {@code R^(−1/2) √(tr R/d)} of the shrunk R. */
    private static float[] whitening(double[][] covariance) {
        int width = covariance.length;
        double trace = 0;
        for (int i = 0; i < width; i++) {
            trace += covariance[i][i];
        }
        double mean = Math.max(trace / width, LEAST_NOISE);
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < width; column++) {
                covariance[row][column] *= 1 - SHRINKAGE;
            }
            covariance[row][row] += SHRINKAGE * mean;
        }
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(covariance);
        double[] values = decomposition.values();
        double[][] vectors = decomposition.vectors();
        double[][] root = new double[width][width];
        for (int k = 0; k < width; k++) {
            double factor = Math.sqrt(mean / Math.max(values[k], SHRINKAGE * mean));
            for (int row = 0; row < width; row++) {
                Vectors.addMultiple(root[row], factor * vectors[k][row], vectors[k]);
            }
        }
        float[] flat = new float[width * width];
        for (int i = 0; i < flat.length; i++) {
            // Both halves from one, so that A stays symmetric.
            int row = Math.min(i / width, i % width);
            flat[i] = (float) root[row][Math.max(i / width, i % width)];
        }
        return flat;
    }
}
