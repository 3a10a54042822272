package dev.noether.model.gradient;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.LinearBase;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass in double precision, row by row, on flat parameters, with the linear base by the book:
 * {@code z = S⁻¹ Vᵀ (x − μ) + encoder(x)}, {@code D(z) = μ + V S z + ρ · decoder(z)}. Shares nothing with the code under test.
 */
public final class DoubleNetwork {
    private final AutoencoderShape shape;
    private final @Nullable LinearBase base;
    private double smallestPreactivation = Double.POSITIVE_INFINITY;

    public DoubleNetwork(Autoencoder network) {
        this.shape = network.shape();
        this.base = network.base().orElse(null);
    }

    /** How near any rectified unit has come to its kink, where a difference quotient says nothing about a derivative. */
    public double smallestPreactivation() {
        return smallestPreactivation;
    }

    /** The reconstruction of a row. */
    public double[] reconstruct(double[] parameters, double[] row) {
        return decode(parameters, encode(parameters, row));
    }

    /** The code of a row. */
    public double[] encode(double[] parameters, double[] row) {
        double[] code = layers(parameters, row, 0, shape.codeLayer());
        if (base != null) {
            for (int unit = 0; unit < code.length; unit++) {
                double sum = 0;
                for (int column = 0; column < row.length; column++) {
                    sum += component(column, unit) * (row[column] - base.mean()[column]);
                }
                code[unit] += sum / base.scales()[unit];
            }
        }
        return code;
    }

    /** The point of the decoder's surface at a code. */
    public double[] decode(double[] parameters, double[] code) {
        double[] point = layers(parameters, code, shape.codeLayer() + 1, shape.layerCount() - 1);
        if (base != null) {
            for (int column = 0; column < point.length; column++) {
                point[column] = base.mean()[column] + base.residualScale() * point[column];
                for (int unit = 0; unit < code.length; unit++) {
                    point[column] += component(column, unit) * base.scales()[unit] * code[unit];
                }
            }
        }
        return point;
    }

    /** The transposed Jacobian of the decoder at a code, row-major {@code [codeSize, inputWidth]}. */
    public double[] decoderJacobian(double[] parameters, double[] code) {
        int width = shape.inputWidth();
        double[][] jacobian = jacobian(parameters, code, shape.codeLayer() + 1, shape.layerCount() - 1);
        double[] flat = new double[code.length * width];
        for (int unit = 0; unit < code.length; unit++) {
            for (int column = 0; column < width; column++) {
                flat[unit * width + column] = base == null
                        ? jacobian[column][unit]
                        : base.residualScale() * jacobian[column][unit] + component(column, unit) * base.scales()[unit];
            }
        }
        return flat;
    }

    /** The Jacobian of the encoder at a row, row-major {@code [codeSize, inputWidth]}. */
    public double[] encoderJacobian(double[] parameters, double[] row) {
        double[][] jacobian = jacobian(parameters, row, 0, shape.codeLayer());
        double[] flat = new double[jacobian.length * row.length];
        for (int unit = 0; unit < jacobian.length; unit++) {
            for (int column = 0; column < row.length; column++) {
                double linear = base == null ? 0 : component(column, unit) / base.scales()[unit];
                flat[unit * row.length + column] = jacobian[unit][column] + linear;
            }
        }
        return flat;
    }

    /** The Jacobian of layers at a row, {@code [outputs][inputs]}, by the chain rule one layer at a time. */
    private double[][] jacobian(double[] parameters, double[] row, int first, int last) {
        double[][] jacobian = new double[row.length][row.length];
        for (int index = 0; index < row.length; index++) {
            jacobian[index][index] = 1;
        }
        for (int layer = first; layer <= last; layer++) {
            double[] output = layers(parameters, row, first, layer);
            double[][] next = new double[output.length][row.length];
            for (int unit = 0; unit < output.length; unit++) {
                boolean open = shape.activation(layer) == Activation.LINEAR || output[unit] > 0;
                for (int index = 0; open && index < jacobian.length; index++) {
                    double weight = parameters[shape.weightOffset(layer) + index * output.length + unit];
                    for (int column = 0; column < row.length; column++) {
                        next[unit][column] += weight * jacobian[index][column];
                    }
                }
            }
            jacobian = next;
        }
        return jacobian;
    }

    private double component(int column, int unit) {
        return base == null ? 0 : base.components()[column * shape.codeSize() + unit];
    }

    private double[] layers(double[] parameters, double[] row, int first, int last) {
        double[] values = row;
        for (int layer = first; layer <= last; layer++) {
            int width = shape.layerWidth(layer);
            double[] next = new double[width];
            for (int unit = 0; unit < width; unit++) {
                double sum = parameters[shape.biasOffset(layer) + unit];
                for (int index = 0; index < values.length; index++) {
                    sum += values[index] * parameters[shape.weightOffset(layer) + index * width + unit];
                }
                if (shape.activation(layer) == Activation.RELU) {
                    smallestPreactivation = Math.min(smallestPreactivation, Math.abs(sum));
                    sum = Math.max(0, sum);
                }
                next[unit] = sum;
            }
            values = next;
        }
        return values;
    }
}
