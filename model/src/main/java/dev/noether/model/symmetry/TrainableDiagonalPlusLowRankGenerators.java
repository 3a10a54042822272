package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link DiagonalPlusLowRankGenerators} under training: the diagonals, and the factors of the low-rank part. */
final class TrainableDiagonalPlusLowRankGenerators extends TrainableExplicitGenerators {
    private final int rank;
    private final int columns;
    private final TrainableLowRankGenerators lowRank;
    private final float[] diagonals;
    private final float[] diagonalsGradient;
    /** Uᵀ, {@code [count × rank, width]}, so that each column of U is contiguous. */
    private final float[] leftRows;

    TrainableDiagonalPlusLowRankGenerators(Engine engine, DiagonalPlusLowRankGenerators initial, int capacity) {
        super(engine, initial.width(), initial.count(), capacity);
        this.rank = initial.lowRank().rank();
        this.columns = count() * rank;
        this.lowRank = initial.lowRank().trainable(engine, capacity);
        this.diagonals = initial.diagonals();
        this.diagonalsGradient = new float[diagonals.length];
        this.leftRows = new float[columns * width()];
        parametersChanged();
    }

    @Override
    public List<float[]> parameters() {
        return withDiagonals(diagonals, lowRank.parameters());
    }

    @Override
    public List<float[]> gradients() {
        return withDiagonals(diagonalsGradient, lowRank.gradients());
    }

    private static List<float[]> withDiagonals(float[] diagonals, List<float[]> factors) {
        List<float[]> all = new ArrayList<>(List.of(diagonals));
        all.addAll(factors);
        return all;
    }

    @Override
    public void parametersChanged() {
        float[] left = lowRank.left();
        for (int row = 0; row < width(); row++) {
            for (int column = 0; column < columns; column++) {
                leftRows[column * width() + row] = left[row * columns + column];
            }
        }
    }

    @Override
    public Generators snapshot() {
        return new DiagonalPlusLowRankGenerators(diagonals, lowRank.snapshot());
    }

    @Override
    void move(float[] points, float[] differences, int rows) {
        int width = width();
        lowRank.project(points, rows);
        for (int row = 0; row < rows; row++) {
            for (int generator = 0; generator < count(); generator++) {
                int target = (row * count() + generator) * width;
                multiply(diagonals, generator * width, points, row * width, moved(), target, width);
                for (int column = generator * rank; column < (generator + 1) * rank; column++) {
                    float factor = lowRank.projected()[row * columns + column];
                    addMultiple(factor, leftRows, column * width, moved(), target, width);
                }
            }
        }
    }

    @Override
    void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences) {
        super.subtractMoved(rows, rowsPerSample, coefficients, differences);
        lowRank.weightProjections(rows, rowsPerSample, coefficients);
    }

    @Override
    void differentiate(
            float[] points,
            int rows,
            int rowsPerSample,
            float[] coefficients,
            float[] residualGradient,
            float[] pointsGradient) {
        int width = width();
        lowRank.differentiate(points, rows, rowsPerSample, coefficients, residualGradient, pointsGradient);
        Arrays.fill(diagonalsGradient, 0);
        for (int row = 0; row < rows; row++) {
            for (int generator = 0; generator < count(); generator++) {
                float coefficient = coefficients[row / rowsPerSample * count() + generator];
                for (int column = 0; column < width; column++) {
                    float weighted = coefficient * residualGradient[row * width + column];
                    diagonalsGradient[generator * width + column] -= weighted * points[row * width + column];
                    pointsGradient[row * width + column] -= weighted * diagonals[generator * width + column];
                }
            }
        }
    }

    private static void multiply(
            float[] first, int firstOffset, float[] second, int secondOffset, float[] target, int offset, int length) {
        for (int index = 0; index < length; index++) {
            target[offset + index] = first[firstOffset + index] * second[secondOffset + index];
        }
    }

    private static void addMultiple(
            float factor, float[] values, int valuesOffset, float[] target, int offset, int length) {
        for (int index = 0; index < length; index++) {
            target[offset + index] += factor * values[valuesOffset + index];
        }
    }
}
