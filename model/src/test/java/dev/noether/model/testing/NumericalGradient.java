package dev.noether.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.gradient.LayerArrays;
import java.util.function.ToDoubleFunction;

/**
 * Central differences of a loss in double precision, to hold hand-written gradients against.
 *
 * <p>With a step of 1e-6 and losses of order one, rounding contributes about 1e-10 and truncation about 1e-12 to a slope. The
 * gradients under test are in single precision, 6e-8 for each operation; on {@code ReferenceEngine}, which sums in double
 * precision, the whole of a gradient is still right to 1e-6. What a wrong term, or one that is missing such as the share of the
 * ridge, changes is of another order.
 */
public final class NumericalGradient {
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-6;

    private NumericalGradient() {}

    public static double[] of(ToDoubleFunction<double[]> loss, double[] at) {
        double[] point = at.clone();
        double[] gradient = new double[at.length];
        for (int index = 0; index < at.length; index++) {
            point[index] = at[index] + STEP;
            double above = loss.applyAsDouble(point);
            point[index] = at[index] - STEP;
            double below = loss.applyAsDouble(point);
            point[index] = at[index];
            gradient[index] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    /** Checks that the sum of parts is met, up to a millionth of their sizes in the Euclidean norm. */
    public static void assertClose(String name, double[] actual, double[]... parts) {
        double[] difference = actual.clone();
        double size = 0;
        for (double[] part : parts) {
            assertThat(part).hasSameSizeAs(actual);
            for (int index = 0; index < part.length; index++) {
                difference[index] -= part[index];
            }
            size += norm(part);
        }
        assertThat(norm(difference)).as(name).isLessThan(TOLERANCE * size + 1e-12);
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** All layers as one array, in the layout of the shape. */
    public static double[] flat(LayerArrays gradient, AutoencoderShape shape) {
        double[] flat = new double[shape.parameterCount()];
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            copy(gradient.weights(layer), flat, shape.weightOffset(layer));
            copy(gradient.biases(layer), flat, shape.biasOffset(layer));
        }
        return flat;
    }

    private static void copy(float[] values, double[] target, int offset) {
        for (int index = 0; index < values.length; index++) {
            target[offset + index] = values[index];
        }
    }
}
