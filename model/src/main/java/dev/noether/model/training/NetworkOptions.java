package dev.noether.model.training;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.AutoencoderShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The form of a detector's network.
 *
 * @param windowRows rows of a window that is reconstructed, at least 1
 * @param codeSize units of the bottleneck, at least 1; at most half of the values of a window are used
 * @param hiddenWidths widths of the hidden layers from the input to the bottleneck, mirrored behind it; empty: derived
 * @param architecture initial parameters of the network
 */
public record NetworkOptions(int windowRows, int codeSize, List<Integer> hiddenWidths, Architecture architecture) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public NetworkOptions {
        hiddenWidths = List.copyOf(hiddenWidths);
        if (windowRows < 1 || codeSize < 1) {
            throw new IllegalArgumentException(
                    "`windowRows` and `codeSize` must be at least 1 (got " + windowRows + " and " + codeSize + ")");
        }
        requireNonNull(architecture, "architecture");
    }

    /**
     * The shape of the network.
     *
     * @param features values in a row
     */
    AutoencoderShape shape(int features) {
        int width = windowRows * features;
        // A code as wide as the window would reconstruct every window, anomalous ones too.
        int code = Math.max(1, Math.min(codeSize, width / 2));
        if (hiddenWidths.isEmpty()) {
            return AutoencoderShape.derive(width, code);
        }
        List<Integer> mirrored = new ArrayList<>(hiddenWidths);
        Collections.reverse(mirrored);
        return new AutoencoderShape(width, hiddenWidths, code, mirrored);
    }
}
