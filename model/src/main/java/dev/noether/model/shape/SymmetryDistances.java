package dev.noether.model.shape;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the regularized reconstruction errors of windows with a {@link SymmetryAutoencoder}. Distances to all
 * prototypes are one matrix product. The {@value #NEAREST} nearest prototypes are compared modulo the symmetry, in closed
 * form; the smallest error is the result.
 *
 * <p>Not thread safe; belongs to the thread of its engine. Allocates nothing after construction.
 */
public final class SymmetryDistances implements AutoCloseable {
    /** The number of prototypes that are compared modulo the symmetry. */
    static final int NEAREST = 32;

    /** The most windows of one matrix product; bounds the memory for the products. */
    private static final int CHUNK = 128;

    /** More than the relative error of a sum of a few hundred squares of floats. */
    private static final double CANCELLATION = 1e-4;

    private final SymmetryAutoencoder model;
    private final int width;
    private final int count;
    private final int motions;
    private final float[] prototypes;
    /** W of all prototypes, {@code [count, motions, width]}. */
    private final float[] tangents;
    /** B of all prototypes, {@code [count, motions, motions]}. */
    private final float[] bases;
    /** Λ⁻¹ of all prototypes, {@code [count, motions]}: the squared lengths of the rows of B. */
    private final float[] costs;
    /** Σ^(1/2), {@code [motions, motions]}. */
    private final double[][] root;

    private final double noise;
    private final @Nullable Reconstruction whitening;
    private final Reconstruction products;
    private final float[] whitened;
    private final float[] input;
    private final float[] output;
    private final float[] scores;
    private final NearestPrototypes nearest;
    private final float[] difference;
    private final float[] along;
    private final double[] rooted;
    private final double[] errors;
    private final int[] best;

    /**
     * Prepares an autoencoder.
     *
     * @param engine computes the products; not closed
     * @param capacity most windows of one run, at least 1
     */
    public SymmetryDistances(SymmetryAutoencoder model, Engine engine, int capacity) {
        this.model = model;
        this.width = model.window().width();
        this.count = model.count();
        this.motions = model.motions().size();
        this.noise = model.noise();
        this.prototypes = whitenedPrototypes(model);
        int chunk = Math.min(CHUNK, capacity);
        this.root = SymmetricEigendecomposition.of(model.covariance()).squareRoot();
        this.tangents = new float[count * motions * width];
        this.bases = new float[count * motions * motions];
        this.costs = new float[count * motions];
        prepareTangents();
        this.whitening = model.isWhitened() ? engine.chain(List.of(whiteningLayer(model)), chunk) : null;
        this.products = engine.chain(List.of(distanceLayer()), chunk);
        this.whitened = new float[capacity * width];
        this.input = new float[chunk * width];
        this.output = new float[chunk * width];
        this.scores = new float[chunk * count];
        this.nearest = new NearestPrototypes(Math.min(NEAREST, count));
        this.difference = new float[width];
        this.along = new float[motions];
        this.rooted = new double[motions];
        this.errors = new double[capacity];
        this.best = new int[capacity];
    }

    /** The layer computes {@code x · Aᵀ}, and A is symmetric. */
    private static AffineLayer whiteningLayer(SymmetryAutoencoder model) {
        int width = model.window().width();
        return AffineLayer.linear(width, model.whitening(), new float[width]);
    }

    private static double[][] whitening(SymmetryAutoencoder model) {
        int width = model.window().width();
        float[] values = model.whitening();
        double[][] matrix = new double[width][width];
        for (int i = 0; i < values.length; i++) {
            matrix[i / width][i % width] = values[i];
        }
        return matrix;
    }

    /** Computes {@code ‖μ_j‖² − 2⟨x, μ_j⟩}, which orders the prototypes like the distance. */
    private AffineLayer distanceLayer() {
        float[] weights = new float[width * count];
        float[] biases = new float[count];
        for (int j = 0; j < count; j++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                float value = prototypes[j * width + i];
                weights[i * count + j] = -2 * value;
                squares += (double) value * value;
            }
            biases[j] = (float) squares;
        }
        return AffineLayer.linear(width, weights, biases);
    }

    private static float[] whitenedPrototypes(SymmetryAutoencoder model) {
        if (!model.isWhitened()) {
            return model.prototypes();
        }
        int width = model.window().width();
        double[][] matrix = whitening(model);
        float[] all = new float[model.count() * width];
        for (int j = 0; j < model.count(); j++) {
            double[] row = Matrices.product(matrix, model.prototype(j));
            for (int i = 0; i < width; i++) {
                all[j * width + i] = (float) row[i];
            }
        }
        return all;
    }

    private void prepareTangents() {
        for (int j = 0; j < count; j++) {
            double[][][] parts = ShiftedTangents.of(whitenedTangents(model, j), root, noise);
            copy(parts[0], tangents, j * motions * width);
            copy(parts[1], bases, j * motions * motions);
            for (int b = 0; b < motions; b++) {
                costs[j * motions + b] = (float) Vectors.dot(parts[1][b], parts[1][b]);
            }
        }
    }

    private static void copy(double[][] matrix, float[] target, int offset) {
        int at = offset;
        for (double[] row : matrix) {
            for (double value : row) {
                target[at++] = (float) value;
            }
        }
    }

    private static double[][] whitenedTangents(SymmetryAutoencoder model, int prototype) {
        double[][] tangents = model.tangents(prototype);
        if (model.isWhitened()) {
            double[][] matrix = whitening(model);
            for (int b = 0; b < tangents.length; b++) {
                tangents[b] = Matrices.product(matrix, tangents[b]);
            }
        }
        return tangents;
    }

    /**
     * Computes the errors of windows.
     *
     * @param windows values as {@link ShapeWindow#cut} returns them, row-major {@code [rows, width]}
     * @param rows number of windows, at most the capacity
     */
    public void run(float[] windows, int rows) {
        run(windows, rows, null, null);
    }

    /**
     * Computes the errors of windows of the training history, each without some of the prototypes: those that overlap
     * it.
     *
     * @param excludedFrom by window, the first excluded prototype; null to exclude none
     * @param excludedTo by window, the first prototype after the excluded ones; null to exclude none
     */
    public void run(float[] windows, int rows, int @Nullable [] excludedFrom, int @Nullable [] excludedTo) {
        int chunk = products.capacity();
        for (int from = 0; from < rows; from += chunk) {
            int size = Math.min(chunk, rows - from);
            whiten(windows, from, size);
            products.run(output, size, scores);
            for (int i = 0; i < size; i++) {
                if (excludedFrom == null || excludedTo == null) {
                    compare(from + i, i, 0, 0);
                } else {
                    compare(from + i, i, excludedFrom[from + i], excludedTo[from + i]);
                }
            }
        }
    }

    /** Whitens windows into {@link #output}, and keeps them. */
    private void whiten(float[] windows, int from, int size) {
        if (whitening != null) {
            System.arraycopy(windows, from * width, input, 0, size * width);
            whitening.run(input, size, output);
        } else {
            System.arraycopy(windows, from * width, output, 0, size * width);
        }
        System.arraycopy(output, 0, whitened, from * width, size * width);
    }

    private void compare(int row, int product, int excludedFrom, int excludedTo) {
        nearest.clear();
        nearest.offer(scores, product * count, 0, excludedFrom);
        nearest.offer(scores, product * count, excludedTo, count);
        errors[row] = Double.POSITIVE_INFINITY;
        best[row] = -1;
        for (int k = 0; k < nearest.size(); k++) {
            int prototype = nearest.prototype(k);
            // Few prototypes pass the estimate, which costs less than the error.
            double error = estimate(row * width, prototype) < errors[row]
                    ? errorOfDifference(prototype)
                    : Double.POSITIVE_INFINITY;
            if (error < errors[row]) {
                errors[row] = error;
                best[row] = prototype;
            }
        }
    }

    /**
     * Computes the error as {@code ‖r‖²/σ² + Σ_b (W e)_b² / Λ_b} with the rest {@code r = e − Wᵀ W e}. It equals
     * {@code (‖e‖² − ‖W e‖²)/σ²}, whose two terms would cancel in floats. Leaves r in {@link #difference}.
     */
    private double error(int window, int prototype) {
        estimate(window, prototype);
        return errorOfDifference(prototype);
    }

    /**
     * A lower bound of the error: {@code (‖e‖² − ‖W e‖²)/σ²}, less what cancellation in floats may add. Leaves e in
     * {@link #difference} and W e in {@link #along}.
     */
    private double estimate(int window, int prototype) {
        subtract(window, prototype);
        double rest = (1 - CANCELLATION) * dot(difference, 0);
        for (int b = 0; b < motions; b++) {
            along[b] = along(prototype, b);
            rest -= along[b] * along[b];
        }
        return rest / noise;
    }

    /** The error of the prototype of the last {@link #estimate}. Leaves the rest in {@link #difference}. */
    private double errorOfDifference(int prototype) {
        float steps = 0;
        for (int b = 0; b < motions; b++) {
            steps += along[b] * along[b] * costs[prototype * motions + b];
        }
        for (int b = 0; b < motions; b++) {
            subtractMotion(prototype, b);
        }
        return dot(difference, 0) / noise + steps;
    }

    /** Writes the window less the prototype to {@link #difference}. */
    private void subtract(int window, int prototype) {
        int at = prototype * width;
        for (int i = 0; i < width; i++) {
            difference[i] = whitened[window + i] - prototypes[at + i];
        }
    }

    private void subtractMotion(int prototype, int motion) {
        int at = (prototype * motions + motion) * width;
        float step = along[motion];
        for (int i = 0; i < width; i++) {
            difference[i] -= step * tangents[at + i];
        }
    }

    private float along(int prototype, int motion) {
        return dot(tangents, (prototype * motions + motion) * width);
    }

    /**
     * The scalar product of the difference and {@code other} from {@code at} on. Eight sums run side by side: the JIT does
     * not reorder a sum of floats, and each addition would wait for the one before.
     */
    private float dot(float[] other, int at) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i <= width - 8; i += 8) {
            s0 += other[at + i] * difference[i];
            s1 += other[at + i + 1] * difference[i + 1];
            s2 += other[at + i + 2] * difference[i + 2];
            s3 += other[at + i + 3] * difference[i + 3];
            s4 += other[at + i + 4] * difference[i + 4];
            s5 += other[at + i + 5] * difference[i + 5];
            s6 += other[at + i + 6] * difference[i + 6];
            s7 += other[at + i + 7] * difference[i + 7];
        }
        float rest = 0;
        for (; i < width; i++) {
            rest += other[at + i] * difference[i];
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)) + rest;
    }

    /**
     * Explains the error of a window of the last run by its best prototype.
     *
     * @param explanation receives the result; not changed if all prototypes were excluded
     */
    public void explain(int row, ShapeExplanation explanation) {
        int prototype = best[row];
        if (prototype < 0) {
            return;
        }
        error(row * width, prototype);
        for (int b = 0; b < motions; b++) {
            double sum = 0;
            for (int k = 0; k < motions; k++) {
                sum += bases[(prototype * motions + k) * motions + b] * along[k];
            }
            rooted[b] = sum;
        }
        explanation.set(root, rooted, difference, noise);
    }

    /** The windows of the last run, whitened, row-major {@code [rows, width]}; not a copy. */
    float[] whitened() {
        return whitened;
    }

    /** The regularized error of a window of the last run, at least 0; infinite if all prototypes were excluded. */
    public double error(int row) {
        return errors[row];
    }

    /** The index of the prototype of a window of the last run; -1 if all were excluded. */
    public int prototype(int row) {
        return best[row];
    }

    /** The most windows of one run. */
    int capacity() {
        return errors.length;
    }

    @Override
    public void close() {
        if (whitening != null) {
            whitening.close();
        }
        products.close();
    }
}
