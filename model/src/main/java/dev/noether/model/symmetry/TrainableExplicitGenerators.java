package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;

/**
 * Generators under training that compute the moved points {@code B_k = G_k P} explicitly,
 * {@code [rows, count × width]}.
 *
 * <p>M and b of a row (see {@link #fillNormalEquations}) are one matrix product: its moved points and its difference,
 * stacked as {@code [count + 1, width]}, times the transpose of that matrix.
 */
abstract sealed class TrainableExplicitGenerators extends TrainableGenerators
        permits TrainableDenseGenerators, TrainableDiagonalPlusLowRankGenerators {
    private final Engine engine;
    private final float[] moved;
    private final float[] stacked;
    private final float[] products;

    TrainableExplicitGenerators(Engine engine, int width, int count, int capacity) {
        super(width, count);
        this.engine = engine;
        this.moved = new float[Math.multiplyExact(Math.multiplyExact(capacity, count), width)];
        this.stacked = new float[(count + 1) * width];
        this.products = new float[(count + 1) * (count + 1)];
    }

    final Engine engine() {
        return engine;
    }

    /** The moved points, {@code [rows, count × width]}. */
    final float[] moved() {
        return moved;
    }

    @Override
    final void fillNormalEquations(float[] differences, int firstRow, int rows, double[] matrix, double[] vector) {
        int count = count();
        int width = width();
        for (int row = firstRow; row < firstRow + rows; row++) {
            System.arraycopy(moved, row * count * width, stacked, 0, count * width);
            System.arraycopy(differences, row * width, stacked, count * width, width);
            float keep = row == firstRow ? 0 : 1;
            engine.multiply(false, true, count + 1, count + 1, width, 1, stacked, stacked, keep, products);
        }
        for (int generator = 0; generator < count; generator++) {
            for (int other = 0; other <= generator; other++) {
                matrix[generator * count + other] = products[generator * (count + 1) + other];
            }
            vector[generator] = products[count * (count + 1) + generator];
        }
    }

    @Override
    void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences) {
        int count = count();
        int width = width();
        for (int row = 0; row < rows; row++) {
            for (int generator = 0; generator < count; generator++) {
                float coefficient = coefficients[row / rowsPerSample * count + generator];
                subtract(coefficient, moved, (row * count + generator) * width, differences, row * width, width);
            }
        }
    }

    private static void subtract(
            float factor, float[] values, int offset, float[] target, int targetOffset, int length) {
        for (int index = 0; index < length; index++) {
            target[targetOffset + index] -= factor * values[offset + index];
        }
    }
}
