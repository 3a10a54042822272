package dev.noether.model.method;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Backpropagation;
import dev.noether.model.gradient.LayerArrays;
import java.util.Arrays;

/**
 * The bisection search for a neighbouring region of the decoder's partition.
 *
 * <p>On the segment from a start to an end in the latent space, the search looks for the point where the activation
 * pattern begins to differ from that of the start. It halves the interval ten times and returns its far end. A pair
 * whose ends lie in one region has no neighbouring region. Allocates nothing per search. Not thread-safe.
 */
public final class NeighbouringRegions {
    private static final int HALVINGS = 10;

    private final Backpropagation decoder;
    private final int codeSize;
    private final int lastHiddenLayer;
    /** By layer, its output at the starts; empty for layers without a pattern. */
    private final float[][] patterns;

    private final int[] widths;
    private final double[] near;
    private final double[] middle;
    private final double[] far;
    private final boolean[] isFound;
    private final float[] probes;

    /**
     * A search in the decoder of networks with the shape and the base of the given one.
     *
     * @param samples largest number of pairs of a search
     */
    public NeighbouringRegions(Engine engine, Autoencoder network, int samples) {
        AutoencoderShape shape = network.shape();
        int firstLayer = shape.codeLayer() + 1;
        this.decoder = new Backpropagation(engine, shape, network.base().orElse(null), firstLayer, samples);
        this.codeSize = shape.codeSize();
        this.lastHiddenLayer = shape.layerCount() - 2;
        this.patterns = new float[shape.layerCount()][0];
        this.widths = new int[shape.layerCount()];
        for (int layer = firstLayer; layer < shape.layerCount(); layer++) {
            if (shape.activation(layer) == Activation.RELU) {
                widths[layer] = shape.layerWidth(layer);
                patterns[layer] = new float[Math.multiplyExact(samples, widths[layer])];
            }
        }
        this.near = new double[samples];
        this.middle = new double[samples];
        this.far = new double[samples];
        this.isFound = new boolean[samples];
        this.probes = new float[Math.multiplyExact(samples, codeSize)];
    }

    /**
     * Searches on the segment from each start to its end.
     *
     * @param latentPairs {@code [2 × samples, codeSize]}: first all starts, then all ends
     * @param neighbours receives the pairs that are found, in the same layout: first their starts, then a point of a
     *     neighbouring region of each
     * @return the number of pairs that are found
     */
    public int find(LayerArrays parameters, float[] latentPairs, int samples, float[] neighbours) {
        if (lastHiddenLayer < 0 || patterns[lastHiddenLayer].length == 0) {
            // An affine decoder has one region.
            return 0;
        }
        decoder.forward(parameters, latentPairs, samples, lastHiddenLayer);
        for (int layer = 0; layer < patterns.length; layer++) {
            if (widths[layer] > 0) {
                System.arraycopy(decoder.activation(layer), 0, patterns[layer], 0, samples * widths[layer]);
            }
        }
        Arrays.fill(near, 0);
        Arrays.fill(far, 1);
        probe(parameters, latentPairs, samples, far);
        int count = 0;
        for (int sample = 0; sample < samples; sample++) {
            isFound[sample] = differs(sample);
            count += isFound[sample] ? 1 : 0;
        }
        for (int halving = 0; halving < HALVINGS && count > 0; halving++) {
            halve(parameters, latentPairs, samples);
        }
        gather(latentPairs, samples, count, neighbours);
        return count;
    }

    private void halve(LayerArrays parameters, float[] latentPairs, int samples) {
        for (int sample = 0; sample < samples; sample++) {
            middle[sample] = (near[sample] + far[sample]) / 2;
        }
        probe(parameters, latentPairs, samples, middle);
        for (int sample = 0; sample < samples; sample++) {
            double[] moving = differs(sample) ? far : near;
            moving[sample] = middle[sample];
        }
    }

    private void probe(LayerArrays parameters, float[] latentPairs, int samples, double[] position) {
        for (int sample = 0; sample < samples; sample++) {
            place(latentPairs, samples, sample, position[sample], probes, sample * codeSize);
        }
        decoder.forward(parameters, probes, samples, lastHiddenLayer);
    }

    private void place(
            float[] latentPairs, int samples, int sample, double position, float[] target, int targetOffset) {
        for (int unit = 0; unit < codeSize; unit++) {
            float start = latentPairs[sample * codeSize + unit];
            float end = latentPairs[(samples + sample) * codeSize + unit];
            target[targetOffset + unit] = (float) (start + position * (end - start));
        }
    }

    private boolean differs(int sample) {
        for (int layer = 0; layer < patterns.length; layer++) {
            float[] activation = widths[layer] > 0 ? decoder.activation(layer) : patterns[layer];
            for (int unit = sample * widths[layer]; unit < (sample + 1) * widths[layer]; unit++) {
                if (activation[unit] > 0 != patterns[layer][unit] > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private void gather(float[] latentPairs, int samples, int count, float[] neighbours) {
        int target = 0;
        for (int sample = 0; sample < samples; sample++) {
            if (isFound[sample]) {
                place(latentPairs, samples, sample, 0, neighbours, target * codeSize);
                place(latentPairs, samples, sample, far[sample], neighbours, (count + target) * codeSize);
                target++;
            }
        }
    }
}
