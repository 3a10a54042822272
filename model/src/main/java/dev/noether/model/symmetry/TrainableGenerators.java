package dev.noether.model.symmetry;

import java.util.List;

/**
 * Generators under training: what a {@link SymmetryPenalty} asks of them, and the arrays that an optimiser moves.
 *
 * <p>Points come in samples of some rows each that share their coefficients ε. A penalty calls {@link #move}, then for
 * each sample {@link #fillNormalEquations}, then {@link #subtractMoved}, then {@link #differentiate}. Allocates nothing
 * per call. Not thread-safe.
 */
public abstract sealed class TrainableGenerators permits TrainableExplicitGenerators, LowRankGenerators.Training {
    private final int width;
    private final int count;

    TrainableGenerators(int width, int count) {
        this.width = width;
        this.count = count;
    }

    /** Number of values in a point (d). */
    public final int width() {
        return width;
    }

    /** Number of generators (h). */
    public final int count() {
        return count;
    }

    /** The arrays to move, themselves and not copies; always the same ones. */
    public abstract List<float[]> parameters();

    /**
     * The gradients of the last evaluation of the penalty, in the order of {@link #parameters}; always the same arrays.
     */
    public abstract List<float[]> gradients();

    /** To be called after the parameters have been moved. */
    public abstract void parametersChanged();

    /** A copy of the generators as they are now. */
    public abstract Generators snapshot();

    /**
     * Prepares the moved points {@code B_k = G_k P}.
     *
     * @param points P, {@code [rows, width]}
     * @param differences D − P, {@code [rows, width]}
     */
    abstract void move(float[] points, float[] differences, int rows);

    /**
     * Sums over rows {@code M_kl = ⟨B_k, B_l⟩}, of which the lower triangle is filled, and {@code b_k = ⟨B_k, D − P⟩}.
     *
     * @param differences D − P, {@code [rows, width]}
     * @param matrix receives M, {@code [count, count]}
     * @param vector receives b, {@code [count]}
     */
    abstract void fillNormalEquations(float[] differences, int firstRow, int rows, double[] matrix, double[] vector);

    /**
     * Takes {@code Σ_k ε_k B_k} away from each row of the differences.
     *
     * @param coefficients ε, {@code [rows / rowsPerSample, count]}
     */
    abstract void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences);

    /**
     * Fills the gradients for a loss whose derivative with respect to {@code B_k} is {@code − ε_k c}.
     *
     * @param slopes c, {@code [rows, width]}
     * @param pull receives {@code − Σ_k ε_k G_kᵀ c}, added to what it holds, {@code [rows, width]}
     */
    abstract void differentiate(
            float[] points, int rows, int rowsPerSample, float[] coefficients, float[] slopes, float[] pull);
}
