package dev.noether.lab.insight;

import static java.util.Objects.requireNonNull;

/** The map {@code x ↦ A x + B} in double precision. Immutable and thread-safe: arrays are copied. */
public final class AffineMap {
    private final int inputs;
    private final int outputs;
    private final double[] matrix;
    private final double[] offset;

    /**
     * Makes a map.
     *
     * @param inputs number of input values, at least 1
     * @param matrix matrix A, row-major {@code [outputs, inputs]}
     * @param offset vector B, {@code [outputs]}, at least one value
     * @throws IllegalArgumentException if the lengths do not agree
     */
    public AffineMap(int inputs, double[] matrix, double[] offset) {
        this.inputs = inputs;
        this.outputs = requireNonNull(offset, "offset").length;
        if (!(inputs >= 1 && outputs >= 1 && matrix.length == (long) inputs * outputs)) {
            throw new IllegalArgumentException(
                    "`matrix` must hold `offset` × `inputs` values, at least one (got %d for %d × %d)"
                            .formatted(matrix.length, outputs, inputs));
        }
        this.matrix = matrix.clone();
        this.offset = offset.clone();
    }

    /** Returns the number of input values. */
    public int inputs() {
        return inputs;
    }

    /** Returns the number of output values. */
    public int outputs() {
        return outputs;
    }

    /** Returns a copy of A, the Jacobian, row-major {@code [outputs, inputs]}. */
    public double[] matrix() {
        return matrix.clone();
    }

    /** Returns a copy of B, {@code [outputs]}. */
    public double[] offset() {
        return offset.clone();
    }

    /** Returns one entry of A. */
    public double entry(int output, int input) {
        return matrix[output * inputs + input];
    }

    /**
     * Returns {@code A x + B}, {@code [outputs]}.
     *
     * @throws IllegalArgumentException if {@code point} does not have {@link #inputs} values
     */
    public double[] apply(double[] point) {
        if (point.length != inputs) {
            throw new IllegalArgumentException("`point` must hold %d values (got %d)".formatted(inputs, point.length));
        }
        double[] result = offset.clone();
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                result[output] += matrix[output * inputs + input] * point[input];
            }
        }
        return result;
    }

    /**
     * Returns the composition of this map with another one that is applied first: {@code x ↦ A (A′ x + B′) + B}.
     *
     * @throws IllegalArgumentException if the number of outputs of the first map is not the number of inputs of this
     *     one
     */
    public AffineMap after(AffineMap first) {
        double[] product = new double[Math.multiplyExact(outputs, first.inputs)];
        for (int output = 0; output < outputs; output++) {
            for (int middle = 0; middle < inputs; middle++) {
                double factor = matrix[output * inputs + middle];
                for (int input = 0; factor != 0 && input < first.inputs; input++) {
                    product[output * first.inputs + input] += factor * first.matrix[middle * first.inputs + input];
                }
            }
        }
        return new AffineMap(first.inputs, product, apply(first.offset));
    }
}
