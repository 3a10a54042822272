package dev.noether.lab.insight;

import static java.util.Objects.requireNonNull;

/** The map {@code x ↦ A x + B} in double precision. Immutable and thread-safe: arrays are copied in and out. */
public final class AffineMap {
    private final int inputs;
    private final int outputs;
    private final double[] matrix;
    private final double[] offset;

    /**
     * A map with the given parts.
     *
     * @param inputs number of values that it reads, at least 1
     * @param matrix A, row-major {@code [outputs, inputs]}
     * @param offset B, {@code [outputs]}, at least one
     * @throws IllegalArgumentException if the lengths do not fit together
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

    /** Number of values that it reads. */
    public int inputs() {
        return inputs;
    }

    /** Number of values that it gives. */
    public int outputs() {
        return outputs;
    }

    /** A copy of A, row-major {@code [outputs, inputs]}: the Jacobian. */
    public double[] matrix() {
        return matrix.clone();
    }

    /** A copy of B, {@code [outputs]}. */
    public double[] offset() {
        return offset.clone();
    }

    /** One entry of A. */
    public double entry(int output, int input) {
        return matrix[output * inputs + input];
    }

    /**
     * {@code A x + B}, {@code [outputs]}.
     *
     * @throws IllegalArgumentException if {@code point} is not of {@link #inputs} values
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
     * This map after another: {@code x ↦ A (A′ x + B′) + B}.
     *
     * @throws IllegalArgumentException if the other gives another number of values than this reads
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
