package dev.noether.model.symmetry;

import dev.noether.model.numeric.RidgeRegression;

/**
 * The symmetry penalties of first order (Eq. 12) and second order (Eq. 13), and their gradients.
 *
 * <p>A sample is a pair of matrices D and P of m rows of width d. For the first order they are a point of the decoder's
 * surface and its neighbour (m = 1); for the second order they are the transposed Jacobians of two neighbouring regions
 * (m = h, the number of generators). For N samples the penalty is
 *
 * <pre>{@code R = 1/(N d) Σ_n min_ε ‖D_n − P_n − Σ_k ε_k G_k P_n‖² + μ_n ‖ε‖²}</pre>
 *
 * <p>where a generator G_k moves each row, and all rows of a sample share their ε. The minimiser is the closed form of
 * Propositions 2 and 3, {@code (M + μI) ε = b} with {@code M_kl = ⟨G_k P, G_l P⟩}, {@code b_k = ⟨G_k P, D − P⟩} and
 * {@code μ = ridge · tr(M) / h}. Proposition 3 as printed exchanges D and P relative to Eq. 13; this class follows Eq.
 * 13. The ridge term is part of the loss, so that ε minimises the whole loss and, by the envelope theorem, no gradient
 * flows through ε (μ counts as a constant). Without that term in the loss the gradients below would be wrong by more
 * than a tenth at a ridge of 0.1. With {@code c = 2 r / (N d)} and the residual r:
 *
 * <pre>{@code
 * ∂D = c        ∂P = − c − Σ_k ε_k G_kᵀ c        ∂G_k = − Σ_n ε_k c Pᵀ
 * }</pre>
 *
 * <p>Allocates nothing per call; the next call overwrites the returned arrays. Not thread-safe.
 */
public final class SymmetryPenalty {
    private final TrainableGenerators generators;
    private final int rowsPerSample;
    private final int capacity;
    private final RidgeRegression regression;

    private final float[] neighbours;
    private final float[] residual;
    private final float[] pointsGradient;
    private final float[] coefficients;
    private final float[] pairsGradient;
    private final double[] normalMatrix;
    private final double[] solution;

    /**
     * A penalty for generators.
     *
     * @param generators trainable generators with a capacity of at least {@code samples × rowsPerSample} points
     * @param samples largest number of samples per evaluation (N)
     * @param rowsPerSample number of rows that share their ε (m): 1 for the first order, the size of the code for the
     *     second
     * @param ridge Tikhonov term relative to the mean diagonal of M
     */
    public SymmetryPenalty(TrainableGenerators generators, int samples, int rowsPerSample, double ridge) {
        int rows = Math.multiplyExact(samples, rowsPerSample);
        int width = generators.width();
        int count = generators.count();
        this.generators = generators;
        this.rowsPerSample = rowsPerSample;
        this.capacity = samples;
        this.regression = new RidgeRegression(count, ridge);
        this.pairsGradient = new float[Math.multiplyExact(2, Math.multiplyExact(rows, width))];
        this.neighbours = new float[rows * width];
        this.residual = new float[rows * width];
        this.pointsGradient = new float[rows * width];
        this.coefficients = new float[samples * count];
        this.normalMatrix = new double[count * count];
        this.solution = new double[count];
    }

    /**
     * Evaluates the penalty R and the gradients of {@code weight · R}, including those of the generators.
     *
     * @param pairs {@code [2 × samples × rowsPerSample, width]}: first all D, then all P
     * @param samples number of samples (N), from 1 to the capacity
     * @param weight factor of the gradients
     * @return R, without the weight
     */
    public double evaluate(float[] pairs, int samples, double weight) {
        return evaluate(pairs, 0, samples, weight, pairsGradient, 0);
    }

    /**
     * As {@link #evaluate(float[], int, double)}, with the pairs and their gradient at offsets of the arrays.
     *
     * @param pairsOffset index of the first value of the pairs
     * @param gradient receives the gradient with respect to the pairs, in their layout
     * @param gradientOffset index of the first value of the gradient
     */
    public double evaluate(
            float[] pairs, int pairsOffset, int samples, double weight, float[] gradient, int gradientOffset) {
        if (!(samples >= 1 && samples <= capacity)) {
            throw new IllegalArgumentException("`samples` must be in [1, %d] (got %d)".formatted(capacity, samples));
        }
        int rows = samples * rowsPerSample;
        int values = rows * generators.width();
        System.arraycopy(pairs, pairsOffset + values, neighbours, 0, values);
        for (int index = 0; index < values; index++) {
            residual[index] = pairs[pairsOffset + index] - neighbours[index];
        }
        generators.move(neighbours, residual, rows);
        double ridgeLoss = solveCoefficients(samples);
        generators.subtractMoved(rows, rowsPerSample, coefficients, residual);
        double residualLoss = 0;
        for (int index = 0; index < values; index++) {
            residualLoss += (double) residual[index] * residual[index];
        }
        double scale = 1.0 / ((double) samples * generators.width());
        differentiate(rows, (float) (2 * weight * scale));
        System.arraycopy(residual, 0, gradient, gradientOffset, values);
        System.arraycopy(pointsGradient, 0, gradient, gradientOffset + values, values);
        return scale * (residualLoss + ridgeLoss);
    }

    /** The gradient of the last {@link #evaluate(float[], int, double)} with respect to the pairs, in their layout. */
    public float[] pairsGradient() {
        return pairsGradient;
    }

    /** The coefficients ε of the last evaluation, {@code [samples, generators]}. */
    public float[] coefficients() {
        return coefficients;
    }

    /** Solves for the ε of each sample; returns the sum of {@code μ ‖ε‖²}. */
    private double solveCoefficients(int samples) {
        double ridgeLoss = 0;
        for (int sample = 0; sample < samples; sample++) {
            int firstRow = sample * rowsPerSample;
            generators.fillNormalEquations(residual, firstRow, rowsPerSample, normalMatrix, solution);
            regression.solve(normalMatrix, solution);
            double squares = 0;
            for (int generator = 0; generator < solution.length; generator++) {
                coefficients[sample * solution.length + generator] = (float) solution[generator];
                squares += solution[generator] * solution[generator];
            }
            ridgeLoss += regression.penalty() * squares;
        }
        return ridgeLoss;
    }

    private void differentiate(int rows, float scale) {
        int values = rows * generators.width();
        for (int index = 0; index < values; index++) {
            residual[index] *= scale;
            pointsGradient[index] = -residual[index];
        }
        generators.differentiate(neighbours, rows, rowsPerSample, coefficients, residual, pointsGradient);
    }
}
