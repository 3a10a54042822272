package dev.noether.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.gradient.LayerArrays;
import java.util.function.ToDoubleFunction;

/**
 * Central differences of a loss in double precision, to hold single-precision gradients against.
 *
 * <p>With a step of 1e-6 and losses of order one, rounding contributes about 1e-10 and truncation about 1e-12 to a slope; both
 * are far below the rounding of the gradient under test (6e-8 for each operation, some dozens of them in a row).
 */
public final class NumericalGradient {
    private static final double STEP = 1e-6;

    /** What a wrong term cannot hide under, and rounding does not reach. */
    private static final double TOLERANCE = 1e-5;

    /**
     * A block much smaller than the whole is a difference of larger numbers, and inherits their rounding: it need not be better
     * than 1e-6 of the whole gradient, which is about sixteen roundings.
     */
    private static final double SMALLEST_SHARE = 0.1;

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

    /** Checks {@code actual} against the part of {@code expected} that starts at {@code offset}. */
    public static void assertBlock(String name, float[] actual, double[] expected, int offset) {
        double difference = 0;
        double size = 0;
        for (int index = 0; index < actual.length; index++) {
            difference += Math.pow(actual[index] - expected[offset + index], 2);
            size += Math.pow(expected[offset + index], 2);
        }
        double scale = Math.max(Math.sqrt(size), SMALLEST_SHARE * norm(expected));
        assertThat(Math.sqrt(difference)).as(name).isLessThan(TOLERANCE * scale + 1e-12);
    }

    /** Checks all layers against {@code expected}, which starts with the flat parameters of the shape. */
    public static void assertLayers(LayerArrays gradient, AutoencoderShape shape, double[] expected) {
        for (int layer = 0; layer < shape.layerCount(); layer++) {
            assertBlock(
                    shape + ", weights of layer " + layer,
                    gradient.weights(layer),
                    expected,
                    shape.weightOffset(layer));
            assertBlock(
                    shape + ", biases of layer " + layer, gradient.biases(layer), expected, shape.biasOffset(layer));
        }
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
