package dev.noether.model.shape;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.Vectors;
import dev.noether.model.symmetry.learned.GeneratorDictionary;
import java.util.random.RandomGenerator;

/** Smooth random windows, random autoencoders of windows, and signals that repeat. */
final class TestingOrbits {
    private TestingOrbits() {}

    /** A sum of four harmonics of random phases, with mean square about 1. */
    static double[] shape(RandomGenerator random, int width) {
        double[] shape = new double[width];
        for (int harmonic = 1; harmonic <= 4; harmonic++) {
            double phase = 2 * Math.PI * random.nextDouble();
            double height = (0.6 + 0.8 * random.nextDouble()) / harmonic;
            for (int i = 0; i < width; i++) {
                shape[i] += height * Math.sin(2 * Math.PI * harmonic * i / width + phase);
            }
        }
        return shape;
    }

    /** Normal numbers as a matrix, times a factor. */
    static double[][] matrix(RandomGenerator random, int rows, int columns, double factor) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int column = 0; column < columns; column++) {
                row[column] = factor * random.nextGaussian();
            }
        }
        return matrix;
    }

    /** {@code F Fᵀ}. */
    static double[][] square(double[][] factor) {
        return Matrices.product(factor, Matrices.transpose(factor));
    }

    /** A symmetric, positive definite whitening that is not the identity, row-major. */
    static float[] whitening(RandomGenerator random, int width) {
        double[][] square = square(matrix(random, width, width, 1 / Math.sqrt(width)));
        float[] values = new float[width * width];
        for (int i = 0; i < values.length; i++) {
            int row = i / width;
            int column = i % width;
            values[i] = (float) (0.5 * square[row][column] + (row == column ? 0.5 : 0));
        }
        return values;
    }

    /** The windows {@code x + Σ_b w_b B_b x}: points of the orbit of x to first order. */
    static double[] moved(double[] shape, GeneratorDictionary generators, double[] steps) {
        double[][] velocities = new double[generators.size()][shape.length];
        generators.velocities(shape, velocities);
        double[] moved = shape.clone();
        for (int b = 0; b < steps.length; b++) {
            Vectors.addMultiple(moved, steps[b], velocities[b]);
        }
        return moved;
    }

    /** Steps of the covariance {@code F Fᵀ}. */
    static double[] random(RandomGenerator random, double[][] factor) {
        double[] normals = new double[factor[0].length];
        for (int k = 0; k < normals.length; k++) {
            normals[k] = random.nextGaussian();
        }
        return Matrices.product(factor, normals);
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** A signal of beats with random timing, height and level, and noise. */
    static float[] beats(RandomGenerator random, int rows, int period, double noise) {
        double[] shape = new double[rows];
        double phase = random.nextDouble();
        double height = 1;
        double level = 0;
        for (int i = 0; i < rows; i++) {
            if (i % period == 0) {
                height = 1 + 0.1 * random.nextGaussian();
                level = 0.1 * random.nextGaussian();
            }
            phase += (1 + 0.02 * random.nextGaussian()) / period;
            double angle = 2 * Math.PI * phase;
            shape[i] = level
                    + height * (Math.sin(angle) + 0.6 * Math.sin(2 * angle + 1) + 0.3 * Math.cos(3 * angle))
                    + noise * random.nextGaussian();
        }
        return floats(shape);
    }
}
