package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.ablate.PeriodWindows.Windows;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import dev.noether.model.shape.ShiftedTangents;
import dev.noether.model.shape.SymmetryAutoencoder;
import java.util.Arrays;

/**
 * What a network leaves of windows, judged as it is or modulo the symmetry that the prototypes have learned. Not
 * thread-safe; belongs to the thread of its engine.
 */
final class WindowResiduals {
    private static final int BATCH = 256;
    private static final double LEAST_NOISE = 1e-9;

    private final Engine engine;
    private final SymmetryAutoencoder prototypes;
    private final int width;
    private final double[][] root;

    /**
     * Prepares.
     *
     * @param prototypes the autoencoder whose Σ and generators are used
     */
    WindowResiduals(Engine engine, SymmetryAutoencoder prototypes) {
        this.engine = engine;
        this.prototypes = prototypes;
        this.width = prototypes.window().width();
        this.root = SymmetricEigendecomposition.of(prototypes.covariance()).squareRoot();
    }

    /** The reconstructions of windows, {@code [count, width]}. */
    float[] reconstructions(Autoencoder network, Windows windows) {
        float[] all = new float[windows.count() * width];
        float[] input = new float[BATCH * width];
        float[] output = new float[BATCH * width];
        try (Reconstruction reconstruction = engine.reconstruction(network, BATCH)) {
            for (int start = 0; start < windows.count(); start += BATCH) {
                int count = Math.min(BATCH, windows.count() - start);
                System.arraycopy(windows.values(), start * width, input, 0, count * width);
                reconstruction.run(input, count, output);
                System.arraycopy(output, 0, all, start * width, count * width);
            }
        }
        return all;
    }

    /** The mean squared residual of one value, if the network reads some windows and should return others. */
    double meanSquare(Autoencoder network, Windows read, Windows wanted) {
        return Arrays.stream(plain(reconstructions(network, read), wanted))
                .average()
                .orElse(0);
    }

    /** The mean squared residual of each window. */
    double[] plain(float[] reconstructions, Windows windows) {
        double[] errors = new double[windows.count()];
        for (int i = 0; i < errors.length * width; i++) {
            double difference = windows.values()[i] - reconstructions[i];
            errors[i / width] += difference * difference / width;
        }
        return errors;
    }

    /**
     * The residual of each window modulo the motions of its reconstruction:
     * {@code min over ε of ‖r − Tᵀε‖²/σ² + εᵀΣ⁻¹ε} with the residual r and the velocities T of the generators at the reconstruction.
     *
     * @param noise σ², the mean squared residual of a value of a normal window
     */
    double[] moduloSymmetry(float[] reconstructions, Windows windows, double noise) {
        double variance = Math.max(noise, LEAST_NOISE);
        double[] errors = new double[windows.count()];
        double[] point = new double[width];
        double[] residual = new double[width];
        double[][] tangents = new double[root.length][width];
        for (int window = 0; window < errors.length; window++) {
            for (int i = 0; i < width; i++) {
                point[i] = reconstructions[window * width + i];
                residual[i] = windows.values()[window * width + i] - point[i];
            }
            prototypes.motions().generators().velocities(point, tangents);
            double[] steps = ShiftedTangents.steps(tangents, root, variance, residual);
            double squares = Vectors.dot(residual, residual);
            for (int b = 0; b < steps.length; b++) {
                squares -= steps[b] * Vectors.dot(tangents[b], residual);
            }
            errors[window] = Math.max(0, squares) / variance;
        }
        return errors;
    }
}
