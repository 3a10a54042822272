package dev.noether.model.autoencoder;

import dev.noether.model.autoencoder.AffineLayer.Shortcut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns an autoencoder into the layers that an engine computes. In a residual autoencoder with base E, e, F, μ and ρ,
 * see {@link LinearBase}, the code layer has a shortcut from the row with weights E and the additional bias e; the last
 * layer has a shortcut from the code with weights F, its own parameters are multiplied by ρ, and it has the additional
 * bias μ.
 */
final class AffineLayers {
    private AffineLayers() {}

    /** All layers of a network. */
    static List<AffineLayer> of(Autoencoder network) {
        List<AffineLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < network.shape().layerCount(); layer++) {
            layers.add(layer(network, layer));
        }
        return layers;
    }

    /**
     * The layers for the last values of the reconstruction only; two layers if the network computes the same as its
     * base.
     *
     * @param lastOutputs number of values, in [1, inputWidth]
     * @throws IllegalArgumentException if it is out of range
     */
    static List<AffineLayer> ofLastOutputs(Autoencoder network, int lastOutputs) {
        int inputWidth = network.shape().inputWidth();
        if (!(lastOutputs >= 1 && lastOutputs <= inputWidth)) {
            throw new IllegalArgumentException(
                    "`lastOutputs` must be in [1, inputWidth = %d] (got %d)".formatted(inputWidth, lastOutputs));
        }
        List<AffineLayer> layers = network.isBaseOnly() ? ofBase(network.base().orElseThrow()) : of(network);
        int last = layers.size() - 1;
        layers.set(last, layers.get(last).last(lastOutputs));
        return layers;
    }

    private static List<AffineLayer> ofBase(LinearBase base) {
        List<AffineLayer> layers = new ArrayList<>();
        layers.add(AffineLayer.linear(base.width(), base.encoderWeights(), base.encoderBiases()));
        layers.add(AffineLayer.linear(base.codeSize(), base.decoderWeights(), base.mean()));
        return layers;
    }

    private static AffineLayer layer(Autoencoder network, int layer) {
        AutoencoderShape shape = network.shape();
        LinearBase base = network.base().orElse(null);
        float[] weights = network.weights(layer);
        float[] biases = network.biases(layer);
        Shortcut shortcut = null;
        if (base != null && layer == shape.codeLayer()) {
            shortcut = new Shortcut(0, shape.inputWidth(), base.encoderWeights());
            addTo(biases, base.encoderBiases());
        } else if (base != null && layer == shape.layerCount() - 1) {
            shortcut = new Shortcut(shape.codeLayer() + 1, shape.codeSize(), base.decoderWeights());
            scale(weights, base.residualScale());
            scale(biases, base.residualScale());
            addTo(biases, base.mean());
        }
        return new AffineLayer(
                shape.layerInputWidth(layer),
                shape.layerWidth(layer),
                weights,
                biases,
                shape.activation(layer),
                Optional.ofNullable(shortcut));
    }

    private static void scale(float[] values, float factor) {
        for (int index = 0; index < values.length; index++) {
            values[index] *= factor;
        }
    }

    private static void addTo(float[] sums, float[] addends) {
        for (int index = 0; index < sums.length; index++) {
            sums[index] += addends[index];
        }
    }
}
