package dev.noether.model.symmetry;

import java.util.List;

/**
 * Generators under training: the parameters that an optimiser updates, and the computations of a
 * {@link SymmetryPenalty}.
 *
 * <p>Points are grouped into samples; the rows of a sample share their coefficients ε. A penalty calls {@link #move},
 * then {@link #fillNormalEquations} for each sample, then {@link #subtractMoved}, then {@link #differentiate}.
 * Allocates nothing per call. Not thread-safe.
 */
public abstract sealed class TrainableGenerators permits TrainableExplicitGenerators, TrainableLowRankGenerators {
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

    /** The parameters, not copies; always the same arrays. */
    public abstract List<float[]> parameters();

    /**
     * The gradients of the last evaluation, in the order of {@link #parameters}, not copies; always the same arrays.
     */
    public abstract List<float[]> gradients();

    /** Updates the arrays that depend on the parameters; to be called after each update of the parameters. */
    public abstract void parametersChanged();

    /** A copy of the current generators. */
    public abstract Generators snapshot();

    /**
     * Computes the moved points {@code B_k = G_k P}, or the products that stand for them.
     *
     * @param points P, {@code [rows, width]}
     * @param differences D − P, {@code [rows, width]}
     * @param rows number of rows, at most the capacity
     */
    abstract void move(float[] points, float[] differences, int rows);

    /**
     * Computes the normal equations of one sample: the sums over its rows of {@code M_kl = ⟨B_k, B_l⟩} and
     * {@code b_k = ⟨B_k, D − P⟩}.
     *
     * @param differences D − P of all samples, {@code [all rows, width]}
     * @param firstRow first row of the sample
     * @param rows number of rows of the sample
     * @param matrix receives the lower triangle of M, {@code [count, count]}
     * @param vector receives b, {@code [count]}
     */
    abstract void fillNormalEquations(float[] differences, int firstRow, int rows, double[] matrix, double[] vector);

    /**
     * Subtracts {@code Σ_k ε_k B_k} from each row of the differences.
     *
     * @param rows number of rows
     * @param rowsPerSample number of rows that share their ε
     * @param coefficients ε, {@code [rows / rowsPerSample, count]}
     * @param differences D − P, {@code [rows, width]}; becomes the residual
     */
    abstract void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences);

    /**
     * Computes the gradients for a loss whose derivative with respect to {@code B_k} is {@code − ε_k c}.
     *
     * @param points P, {@code [rows, width]}
     * @param residualGradient c, {@code [rows, width]}
     * @param pointsGradient {@code [rows, width]}; {@code − Σ_k ε_k G_kᵀ c} is added to it
     */
    abstract void differentiate(
            float[] points,
            int rows,
            int rowsPerSample,
            float[] coefficients,
            float[] residualGradient,
            float[] pointsGradient);
}
