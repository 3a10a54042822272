package dev.noether.model.shape;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * Compares windows of an entity with windows of its own past, as if these were prototypes: the error modulo the learned
 * symmetry is that of {@link SymmetryAutoencoder}, with a window of the past as μ. The {@value #NEAREST} nearest ones by
 * {@code ‖A(x − μ)‖²} are compared modulo the symmetry; the smallest error is the result.
 *
 * <p>Not thread safe; belongs to the thread of its engine. Allocates nothing after construction.
 */
final class OwnWindows implements AutoCloseable {
    /** The number of windows of the past that are compared modulo the symmetry. */
    static final int NEAREST = 8;

    private final int index;
    private final ShapeWindow window;
    private final int motions;
    private final int blocks;
    private final double noise;
    private final double[][] root;
    /** A, row-major; empty for none. */
    private final float[] whitening;
    /** Computes A μ and the rows of {@code Σ^(1/2) T A} of windows μ. */
    private final Reconstruction moving;

    private final float[] rows;
    private final float[] direction;
    private final float[] sums;
    private final NearestPrototypes nearest = new NearestPrototypes(NEAREST);
    private final float[] cut;
    private final float[] moved;
    private final double[] difference;
    private final float[] rest;
    private final double[][] lower;
    private final double[] steps;
    private double error;
    private int best;

    /**
     * Prepares a window of a group.
     *
     * @param index index of the window in its group
     * @param memory windows of an entity's own past
     * @param engine computes products; not closed
     */
    OwnWindows(ShapeGroup group, int index, int memory, Engine engine) {
        SymmetryAutoencoder model = group.windows().get(index).autoencoder();
        this.index = index;
        this.window = model.window();
        this.motions = model.motions().size();
        this.blocks = ShapeMemory.blocks(window.rows(), group.stride());
        this.noise = model.noise();
        this.root = SymmetricEigendecomposition.of(model.covariance()).squareRoot();
        this.whitening = model.whitening();
        int width = window.width();
        this.moving = engine.chain(List.of(movingLayer(model, root)), NEAREST);
        this.rows = new float[window.rows()];
        this.direction = new float[width];
        this.sums = new float[ShapeMemory.slots(group, memory)];
        this.cut = new float[NEAREST * width];
        this.moved = new float[NEAREST * (1 + motions) * width];
        this.difference = new double[width];
        this.rest = new float[width];
        this.lower = new double[motions][motions];
        this.steps = new double[motions];
    }

    /** One for each window of a group. */
    static OwnWindows[] of(ShapeGroup group, int memory, Engine engine) {
        OwnWindows[] all = new OwnWindows[ShapeGroup.WINDOWS];
        for (int w = 0; w < all.length; w++) {
            all[w] = new OwnWindows(group, w, memory, engine);
        }
        return all;
    }

    /** The velocities of all generators are affine in the window, and so is the layer. */
    private static AffineLayer movingLayer(SymmetryAutoencoder model, double[][] root) {
        int width = model.window().width();
        int outputs = (1 + root.length) * width;
        double[] biases = moved(model, root, new double[width]);
        float[] weights = new float[width * outputs];
        double[] unit = new double[width];
        for (int i = 0; i < width; i++) {
            unit[i] = 1;
            double[] image = moved(model, root, unit);
            for (int j = 0; j < outputs; j++) {
                weights[i * outputs + j] = (float) (image[j] - biases[j]);
            }
            unit[i] = 0;
        }
        float[] constants = new float[outputs];
        for (int j = 0; j < outputs; j++) {
            constants[j] = (float) biases[j];
        }
        return AffineLayer.linear(width, weights, constants);
    }

    private static double[] moved(SymmetryAutoencoder model, double[][] root, double[] point) {
        int width = point.length;
        double[][] tangents = new double[root.length][width];
        model.motions().generators().velocities(point, tangents);
        double[][] rooted = Matrices.product(root, tangents);
        double[] image = new double[(1 + root.length) * width];
        float[] whitening = model.whitening();
        System.arraycopy(whitened(whitening, point), 0, image, 0, width);
        for (int b = 0; b < rooted.length; b++) {
            System.arraycopy(whitened(whitening, rooted[b]), 0, image, (1 + b) * width, width);
        }
        return image;
    }

    private static double[] whitened(float[] whitening, double[] values) {
        if (whitening.length == 0) {
            return values;
        }
        double[] sums = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                sums[j] += values[i] * whitening[i * values.length + j];
            }
        }
        return sums;
    }

    /** Computes the figures of the window that ends with the newest block of a memory. */
    void describe(ShapeMemory memory) {
        int block = memory.size() - 1;
        if (block + 1 < blocks) {
            return;
        }
        memory.copyRows(block, window.rows(), rows);
        float factor = window.cut(rows, window.rows(), cut, 0);
        whiten(cut, 0);
        memory.setFigures(index, (float) squares(direction), factor);
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    /** Writes A times some values to {@link #direction}. */
    private void whiten(float[] source, int at) {
        int width = direction.length;
        if (whitening.length == 0) {
            System.arraycopy(source, at, direction, 0, width);
            return;
        }
        Arrays.fill(direction, 0);
        for (int i = 0; i < width; i++) {
            float value = source[at + i];
            for (int j = 0; j < width; j++) {
                direction[j] += value * whitening[i * width + j];
            }
        }
    }

    /**
     * Looks for a window of the past whose error is below a limit.
     *
     * @param memory past of the entity
     * @param whitened holds the window, whitened
     * @param at index of its first value
     * @param limit error that must be undercut
     * @return whether there is one; {@link #error} and {@link #explain} are of the best one
     */
    boolean explains(ShapeMemory memory, float[] whitened, int at, double limit) {
        error = limit;
        best = -1;
        int count = choose(memory, whitened, at);
        if (count == 0) {
            return false;
        }
        for (int k = 0; k < count; k++) {
            memory.copyRows(nearest.prototype(k) + blocks - 1, window.rows(), rows);
            window.cut(rows, window.rows(), cut, k * window.width());
        }
        moving.run(cut, count, moved);
        for (int k = 0; k < count; k++) {
            double own = error(whitened, at, k);
            if (own < error) {
                error = own;
                best = k;
            }
        }
        return best >= 0;
    }

    /** Chooses the nearest usable windows by {@code ‖Aμ‖² − 2⟨Aμ, Ax⟩}; returns their number. */
    private int choose(ShapeMemory memory, float[] whitened, int at) {
        int from = blocks - 1;
        int count = memory.size() - from;
        if (count <= 0) {
            return 0;
        }
        prepareDirection(whitened, at);
        Arrays.fill(sums, 0, count, 0);
        int factor = window.factor();
        for (int row = 0; row < window.rows(); row++) {
            memory.addMultiples(direction[row / factor], window.rows() - 1 - row, from, sums);
        }
        int usable = memory.toSquaredDistances(index, from, blocks, sums);
        nearest.clear();
        nearest.offer(sums, 0, 0, count);
        return Math.min(usable, nearest.size());
    }

    /** A A x; without its mean if windows are standardised, because their means are 0. */
    private void prepareDirection(float[] whitened, int at) {
        whiten(whitened, at);
        double mean = 0;
        if (window.isStandardised()) {
            for (float value : direction) {
                mean += value / direction.length;
            }
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) ((direction[i] - mean) / window.factor());
        }
    }

    /**
     * Computes the error as {@code ‖e − Tᵀ R u‖²/σ² + ‖u‖²} with {@code (R T Tᵀ R + σ²I) u = R T e}. Leaves u in
     * {@link #steps} and what remains in {@link #difference}.
     */
    private double error(float[] whitened, int at, int k) {
        int width = difference.length;
        int own = k * (1 + motions) * width;
        for (int i = 0; i < width; i++) {
            difference[i] = (double) whitened[at + i] - moved[own + i];
        }
        for (int b = 0; b < motions; b++) {
            int tangent = own + (1 + b) * width;
            steps[b] = along(tangent);
            for (int c = 0; c <= b; c++) {
                lower[b][c] = product(tangent, own + (1 + c) * width) + (b == c ? noise : 0);
            }
        }
        solve();
        double error = 0;
        for (int b = 0; b < motions; b++) {
            int tangent = own + (1 + b) * width;
            error += steps[b] * steps[b];
            for (int i = 0; i < width; i++) {
                difference[i] -= steps[b] * moved[tangent + i];
            }
        }
        return error + Vectors.dot(difference, difference) / noise;
    }

    /** Four sums: one sum would wait for each addition. */
    private double along(int tangent) {
        int width = difference.length;
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < width; i += 4) {
            first += moved[tangent + i] * difference[i];
            second += moved[tangent + i + 1] * difference[i + 1];
            third += moved[tangent + i + 2] * difference[i + 2];
            fourth += moved[tangent + i + 3] * difference[i + 3];
        }
        for (; i < width; i++) {
            first += moved[tangent + i] * difference[i];
        }
        return first + second + (third + fourth);
    }

    private double product(int some, int other) {
        int width = difference.length;
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < width; i += 4) {
            first += (double) moved[some + i] * moved[other + i];
            second += (double) moved[some + i + 1] * moved[other + i + 1];
            third += (double) moved[some + i + 2] * moved[other + i + 2];
            fourth += (double) moved[some + i + 3] * moved[other + i + 3];
        }
        for (; i < width; i++) {
            first += (double) moved[some + i] * moved[other + i];
        }
        return first + second + (third + fourth);
    }

    /** Solves for the steps by Cholesky's decomposition, in place. */
    private void solve() {
        for (int row = 0; row < motions; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = lower[row][column];
                for (int k = 0; k < column; k++) {
                    sum -= lower[row][k] * lower[column][k];
                }
                lower[row][column] = column == row ? Math.sqrt(Math.max(noise, sum)) : sum / lower[column][column];
            }
        }
        for (int row = 0; row < motions; row++) {
            for (int k = 0; k < row; k++) {
                steps[row] -= lower[row][k] * steps[k];
            }
            steps[row] /= lower[row][row];
        }
        for (int row = motions - 1; row >= 0; row--) {
            for (int k = row + 1; k < motions; k++) {
                steps[row] -= lower[k][row] * steps[k];
            }
            steps[row] /= lower[row][row];
        }
    }

    /** The error of the best window of the past. */
    double error() {
        return error;
    }

    /**
     * Explains the error by the best window of the past.
     *
     * @param whitened as in {@link #explains}
     */
    void explain(float[] whitened, int at, ShapeExplanation explanation) {
        error(whitened, at, best);
        for (int i = 0; i < rest.length; i++) {
            rest[i] = (float) difference[i];
        }
        explanation.set(root, steps, rest, noise);
    }

    @Override
    public void close() {
        moving.close();
    }
}
