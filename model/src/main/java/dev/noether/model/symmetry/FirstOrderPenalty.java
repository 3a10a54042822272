package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.Arrays;

/**
 * The first-order symmetry penalty (Eq. 12) and its gradients.
 *
 * <p>For N points D and neighbours P of the decoder's surface, of width d, and generators {@code G_k = U_k V_kᵀ}, it is
 *
 * <pre>{@code R1 = 1/(N d) Σ_n min_ε ‖D_n − P_n − Σ_k ε_k G_k P_n‖² + μ_n ‖ε‖²}</pre>
 *
 * <p>The minimiser is the closed form of Proposition 2, {@code (M + μI) ε = b} with {@code M_kl = ⟨G_k P, G_l P⟩},
 * {@code b_k = ⟨G_k P, D − P⟩} and {@code μ = ridge · tr(M) / h}. Because the ridge term is part of the loss, ε minimises all of
 * it, and by the envelope theorem no gradient flows through ε (μ counts as a constant). Without that term in the loss the
 * gradients below would be wrong by more than a tenth at a ridge of 0.1. With {@code c = 2 r / (N d)}, r the residual:
 *
 * <pre>{@code
 * ∂D = c                ∂U_k = − Σ_n ε_k c (V_kᵀ P)ᵀ
 * ∂P = − c − Σ_k ε_k V_k U_kᵀ c        ∂V_k = − Σ_n ε_k P (U_kᵀ c)ᵀ
 * }</pre>
 *
 * <p>The generators stand side by side in U and V, {@code [d, h × rank]}, so that all this is a handful of matrix products:
 * the moved points {@code G_k P} are never formed, M comes from {@code UᵀU} and {@code VᵀP}.
 *
 * <p>Allocates nothing per call; the arrays it returns are its own and live until the next call. Not thread-safe.
 */
public final class FirstOrderPenalty {
    private final Engine engine;
    private final int width;
    private final int generators;
    private final int rank;
    private final int columns;
    private final int samples;
    private final RidgeRegression regression;

    private final float[] neighbours;
    private final float[] residual;
    private final float[] gram;
    private final float[] projected;
    private final float[] aligned;
    private final float[] coefficients;
    private final float[] pairsGradient;
    private final float[] leftGradient;
    private final float[] rightGradient;
    private final double[] normalMatrix;
    private final double[] solution;
    private final float[] image;

    /**
     * A penalty for generators of a size.
     *
     * @param width number of values in a point (d)
     * @param generators number of generators (h)
     * @param rank rank of each
     * @param samples number of pairs per evaluation (N)
     * @param ridge Tikhonov term relative to the mean diagonal of M
     */
    public FirstOrderPenalty(Engine engine, int width, int generators, int rank, int samples, double ridge) {
        this.engine = engine;
        this.width = width;
        this.generators = generators;
        this.rank = rank;
        this.columns = Math.multiplyExact(generators, rank);
        this.samples = samples;
        this.regression = new RidgeRegression(generators, ridge);
        this.neighbours = new float[Math.multiplyExact(samples, width)];
        this.residual = new float[samples * width];
        this.gram = new float[Math.multiplyExact(columns, columns)];
        this.projected = new float[Math.multiplyExact(samples, columns)];
        this.aligned = new float[samples * columns];
        this.coefficients = new float[samples * generators];
        this.pairsGradient = new float[Math.multiplyExact(2, samples * width)];
        this.leftGradient = new float[Math.multiplyExact(width, columns)];
        this.rightGradient = new float[width * columns];
        this.normalMatrix = new double[generators * generators];
        this.solution = new double[generators];
        this.image = new float[columns];
    }

    /**
     * Evaluates the penalty and the gradients of {@code weight} times it.
     *
     * @param left all U_k, {@code [width, generators × rank]}
     * @param right all V_k, {@code [width, generators × rank]}
     * @param pairs {@code [2 × samples, width]}: first the points D, then their neighbours P
     * @return R1, without the weight
     */
    public double evaluate(float[] left, float[] right, float[] pairs, double weight) {
        int points = samples * width;
        System.arraycopy(pairs, points, neighbours, 0, points);
        for (int index = 0; index < points; index++) {
            residual[index] = pairs[index] - neighbours[index];
        }
        engine.multiply(true, false, columns, columns, width, 1, left, left, 0, gram);
        engine.multiply(false, false, samples, columns, width, 1, neighbours, right, 0, projected);
        engine.multiply(false, false, samples, columns, width, 1, residual, left, 0, aligned);
        double ridgeLoss = solveCoefficients();

        scaleByCoefficients(projected);
        engine.multiply(false, true, samples, width, columns, -1, projected, left, 1, residual);
        double residualLoss = 0;
        for (int index = 0; index < points; index++) {
            residualLoss += (double) residual[index] * residual[index];
        }
        differentiate(left, right, (float) (2 * weight / points));
        return (residualLoss + ridgeLoss) / points;
    }

    /** The gradient with respect to {@code pairs}, in its layout. */
    public float[] pairsGradient() {
        return pairsGradient;
    }

    /** The gradient with respect to U. */
    public float[] leftGradient() {
        return leftGradient;
    }

    /** The gradient with respect to V. */
    public float[] rightGradient() {
        return rightGradient;
    }

    /** The ε of the last evaluation, {@code [samples, generators]}. */
    public float[] coefficients() {
        return coefficients;
    }

    /** Solves for ε, sample by sample; gives the sum of {@code μ ‖ε‖²}. */
    private double solveCoefficients() {
        double ridgeLoss = 0;
        for (int sample = 0; sample < samples; sample++) {
            int row = sample * columns;
            for (int generator = 0; generator < generators; generator++) {
                fillNormalRow(generator, row);
            }
            regression.solve(normalMatrix, solution);
            double squares = 0;
            for (int generator = 0; generator < generators; generator++) {
                coefficients[sample * generators + generator] = (float) solution[generator];
                squares += solution[generator] * solution[generator];
            }
            ridgeLoss += regression.penalty() * squares;
        }
        return ridgeLoss;
    }

    /** Row {@code generator} of M up to its diagonal, and its entry of b, for the sample whose projections start at {@code row}. */
    private void fillNormalRow(int generator, int row) {
        int first = generator * rank;
        int end = first + rank;
        double alignment = 0;
        Arrays.fill(image, 0, end, 0);
        for (int column = first; column < end; column++) {
            float factor = projected[row + column];
            alignment += (double) factor * aligned[row + column];
            int gramRow = column * columns;
            for (int other = 0; other < end; other++) {
                image[other] += factor * gram[gramRow + other];
            }
        }
        solution[generator] = alignment;
        for (int other = 0; other <= generator; other++) {
            double sum = 0;
            for (int column = other * rank; column < (other + 1) * rank; column++) {
                sum += (double) image[column] * projected[row + column];
            }
            normalMatrix[generator * generators + other] = sum;
        }
    }

    /** Multiplies each generator's columns of a {@code [samples, generators × rank]} matrix by its ε. */
    private void scaleByCoefficients(float[] matrix) {
        for (int index = 0; index < samples * generators; index++) {
            float coefficient = coefficients[index];
            for (int column = index * rank; column < (index + 1) * rank; column++) {
                matrix[column] *= coefficient;
            }
        }
    }

    private void differentiate(float[] left, float[] right, float scale) {
        int points = samples * width;
        // `projected` now is ε ∘ VᵀP, and `aligned` becomes ε ∘ Uᵀc.
        engine.multiply(true, false, width, columns, samples, -scale, residual, projected, 0, leftGradient);
        engine.multiply(false, false, samples, columns, width, scale, residual, left, 0, aligned);
        scaleByCoefficients(aligned);
        engine.multiply(true, false, width, columns, samples, -1, neighbours, aligned, 0, rightGradient);
        for (int index = 0; index < points; index++) {
            float value = scale * residual[index];
            pairsGradient[index] = value;
            residual[index] = -value;
        }
        engine.multiply(false, true, samples, width, columns, -1, aligned, right, 1, residual);
        System.arraycopy(residual, 0, pairsGradient, points, points);
    }
}
