package dev.noether.model.engine;

/** The checks of the arguments of all engines, with the same error messages. */
final class MatrixArguments {
    private MatrixArguments() {}

    static void requireProduct(int rows, int columns, int inner, float[] left, float[] right, float[] product) {
        requirePositive("rows", rows);
        requirePositive("columns", columns);
        requirePositive("inner", inner);
        requireLength("left", left, rows, inner);
        requireLength("right", right, inner, columns);
        requireLength("product", product, rows, columns);
        if (product == left || product == right) {
            throw new IllegalArgumentException("`product` must not be one of its factors");
        }
    }

    static void requireRun(float[] input, int rows, float[] output, int inputWidth, int outputWidth, int capacity) {
        if (!(rows >= 0 && rows <= capacity)) {
            throw new IllegalArgumentException(
                    "`rows` must be in [0, capacity = %d] (got %d)".formatted(capacity, rows));
        }
        requireLength("input", input, rows, inputWidth);
        requireLength("output", output, rows, outputWidth);
    }

    static int requirePositive(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
        return value;
    }

    private static void requireLength(String name, float[] matrix, int rows, int columns) {
        if (!(matrix.length >= (long) rows * columns)) {
            throw new IllegalArgumentException(
                    "`%s` must hold at least %d × %d values (got %d)".formatted(name, rows, columns, matrix.length));
        }
    }
}
