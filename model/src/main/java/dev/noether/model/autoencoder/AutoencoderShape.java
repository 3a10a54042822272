package dev.noether.model.autoencoder;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The widths of an autoencoder and the layout of its parameters in one flat array.
 *
 * <p>Layers are counted from 0: the ReLU layers of the encoder, the code layer, the ReLU layers of the decoder, and a
 * linear layer whose output is the reconstruction. Layer {@code l} maps a row {@code x} of {@link #layerInputWidth}
 * values to {@code x · W + b} with {@link #layerWidth} values, then applies {@link #activation}. In the flat array each
 * layer stores {@code W}, row-major {@code [layerInputWidth, layerWidth]}, then {@code b}, layer after layer without
 * gaps.
 *
 * <p>The paper's network has three encoder layers, the last of them the code, three decoder layers and the linear
 * layer: two widths in {@code encoderWidths}, three in {@code decoderWidths}. The paper applies a ReLU to the code as
 * well. Here the code is linear by default, because with a ReLU the output of two to four of ten code units becomes 0
 * for every row.
 *
 * @param inputWidth number of values in a row, and in its reconstruction
 * @param encoderWidths widths of the hidden layers before the code, may be empty
 * @param codeSize width of the code (h in the paper)
 * @param decoderWidths widths of the hidden layers after the code, may be empty
 * @param codeActivation activation of the code layer
 */
public record AutoencoderShape(
        int inputWidth,
        List<Integer> encoderWidths,
        int codeSize,
        List<Integer> decoderWidths,
        Activation codeActivation) {

    /** The least first width of {@link #derive}'s geometric progression: a ReLU layer loses half of its information. */
    private static final int NARROWEST_DERIVED_START = 64;

    private static final int DERIVED_WIDTH_MULTIPLE = 8;

    /**
     * Checks the widths.
     *
     * @throws IllegalArgumentException if a width is not positive, the code is wider than the input, or the parameters
     *     would not fit in one array
     */
    public AutoencoderShape {
        requirePositive("inputWidth", inputWidth);
        encoderWidths = List.copyOf(encoderWidths);
        decoderWidths = List.copyOf(decoderWidths);
        encoderWidths.forEach(width -> requirePositive("encoderWidths", width));
        decoderWidths.forEach(width -> requirePositive("decoderWidths", width));
        if (!(codeSize >= 1 && codeSize <= inputWidth)) {
            throw new IllegalArgumentException(
                    "`codeSize` must be in [1, `inputWidth` = %d] (got %d)".formatted(inputWidth, codeSize));
        }
        requireNonNull(codeActivation, "codeActivation");
        long parameters = 0;
        int before = inputWidth;
        for (int width : widths(inputWidth, encoderWidths, codeSize, decoderWidths)) {
            parameters += (long) before * width + width;
            before = width;
            // Checked for each layer: the sum of all could exceed a long.
            if (parameters > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        "a network must have fewer than 2^31 - 8 parameters (got %d)".formatted(parameters));
            }
        }
    }

    /** A shape with a linear code. */
    public AutoencoderShape(int inputWidth, List<Integer> encoderWidths, int codeSize, List<Integer> decoderWidths) {
        this(inputWidth, encoderWidths, codeSize, decoderWidths, Activation.LINEAR);
    }

    /**
     * The paper's network with widths in geometric progression between the input and the code: two hidden encoder
     * layers, a linear code, three hidden decoder layers, a linear output. The progression starts at the input's width,
     * or at 64 for narrower inputs, and every hidden width is rounded up to a multiple of 8. For example, 38 values
     * with a code of 10 lead to 38-40-24-10-24-40-64-38.
     *
     * @param inputWidth number of values in a row
     * @param codeSize width of the code
     * @throws IllegalArgumentException under the conditions of the constructor
     */
    public static AutoencoderShape derive(int inputWidth, int codeSize) {
        requirePositive("inputWidth", inputWidth);
        requirePositive("codeSize", codeSize);
        double start = Math.max(inputWidth, NARROWEST_DERIVED_START);
        double ratio = Math.cbrt(codeSize / start);
        int wide = rounded(start * ratio);
        int narrow = rounded(start * ratio * ratio);
        return new AutoencoderShape(
                inputWidth, List.of(wide, narrow), codeSize, List.of(narrow, wide, rounded(start)), Activation.LINEAR);
    }

    /** The same widths with another activation of the code. */
    public AutoencoderShape withCodeActivation(Activation activation) {
        return new AutoencoderShape(inputWidth, encoderWidths, codeSize, decoderWidths, activation);
    }

    /** Number of affine layers. */
    public int layerCount() {
        return encoderWidths.size() + decoderWidths.size() + 2;
    }

    /** Index of the layer whose output is the code. */
    public int codeLayer() {
        return encoderWidths.size();
    }

    /** Number of values that {@code layer} reads from a row. */
    public int layerInputWidth(int layer) {
        return layer == 0 ? inputWidth : layerWidth(layer - 1);
    }

    /** Number of values of the output of {@code layer} for a row. */
    public int layerWidth(int layer) {
        requireLayer(layer);
        if (layer < codeLayer()) {
            return encoderWidths.get(layer);
        }
        if (layer == codeLayer()) {
            return codeSize;
        }
        int decoderLayer = layer - codeLayer() - 1;
        return decoderLayer < decoderWidths.size() ? decoderWidths.get(decoderLayer) : inputWidth;
    }

    /** The activation of {@code layer}. */
    public Activation activation(int layer) {
        requireLayer(layer);
        if (layer == codeLayer()) {
            return codeActivation;
        }
        return layer == layerCount() - 1 ? Activation.LINEAR : Activation.RELU;
    }

    /** Number of weights of {@code layer}. */
    public int weightCount(int layer) {
        return layerInputWidth(layer) * layerWidth(layer);
    }

    /** Index of the first weight of {@code layer} in the flat array. */
    public int weightOffset(int layer) {
        requireLayer(layer);
        int offset = 0;
        for (int earlier = 0; earlier < layer; earlier++) {
            offset += weightCount(earlier) + layerWidth(earlier);
        }
        return offset;
    }

    /** Index of the first bias of {@code layer} in the flat array. */
    public int biasOffset(int layer) {
        return weightOffset(layer) + weightCount(layer);
    }

    /** The first index after the parameters of {@code layer} in the flat array. */
    public int endOffset(int layer) {
        return biasOffset(layer) + layerWidth(layer);
    }

    /** Length of the flat array. */
    public int parameterCount() {
        return endOffset(layerCount() - 1);
    }

    /** The widths from input to reconstruction, such as {@code 38-64-10-64-38}. */
    @Override
    public String toString() {
        String widths = Stream.concat(
                        Stream.of(inputWidth), widths(inputWidth, encoderWidths, codeSize, decoderWidths).stream())
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
        return codeActivation == Activation.LINEAR ? widths : widths + " (ReLU code)";
    }

    private static List<Integer> widths(
            int inputWidth, List<Integer> encoderWidths, int codeSize, List<Integer> decoderWidths) {
        List<Integer> widths = new ArrayList<>(encoderWidths);
        widths.add(codeSize);
        widths.addAll(decoderWidths);
        widths.add(inputWidth);
        return widths;
    }

    private static int rounded(double width) {
        // The tolerance keeps 64.00000000000001 at 64.
        return (int) Math.ceil(width / DERIVED_WIDTH_MULTIPLE - 1e-9) * DERIVED_WIDTH_MULTIPLE;
    }

    private void requireLayer(int layer) {
        if (!(layer >= 0 && layer < layerCount())) {
            throw new IndexOutOfBoundsException(
                    "no layer %d; this network has layers 0 to %d".formatted(layer, layerCount() - 1));
        }
    }

    private static void requirePositive(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
    }
}
