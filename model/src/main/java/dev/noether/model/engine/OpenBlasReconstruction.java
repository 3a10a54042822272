package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.Arrays;
import java.util.List;

/**
 * A reconstruction by OpenBLAS. It runs the rows in tiles, whose values stay in the processor's cache from layer to
 * layer. A run allocates nothing.
 */
final class OpenBlasReconstruction implements Reconstruction {
    /** Most values of the widest layer in a tile: 32 KiB of floats. */
    private static final int TILE_VALUES = 1 << 13;

    /** Least number of rows of a tile, whatever the width of the layers: products of fewer rows are slower. */
    private static final int LEAST_TILE = 64;

    private final int capacity;
    private final int tile;
    private final int inputWidth;
    private final int outputWidth;
    private final OpenBlasLayer[] layers;
    /** By layer, its input. All layers share one buffer, except those whose input a shortcut reads again later. */
    private final NativeFloats[] inputs;

    private final NativeFloats output = new NativeFloats();
    private final float[] activation;
    private boolean closed;

    OpenBlasReconstruction(List<AffineLayer> affine, int capacity) {
        this.capacity = capacity;
        this.inputWidth = affine.get(0).inputWidth();
        this.outputWidth = affine.get(affine.size() - 1).width();
        int widest = inputWidth;
        for (AffineLayer layer : affine) {
            widest = Math.max(widest, layer.width());
        }
        this.tile = Math.min(capacity, Math.max(LEAST_TILE, TILE_VALUES / widest));
        this.activation = new float[Math.multiplyExact(tile, widest)];
        this.layers = new OpenBlasLayer[affine.size()];
        this.inputs = new NativeFloats[affine.size()];
        Arrays.fill(inputs, new NativeFloats());
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new OpenBlasLayer(affine.get(layer), tile);
            affine.get(layer).shortcut().ifPresent(shortcut -> inputs[shortcut.source()] = new NativeFloats());
        }
        for (NativeFloats input : inputs) {
            input.reserve(activation.length);
        }
        output.reserve(activation.length);
    }

    @Override
    public void run(float[] input, int rows, float[] output) {
        MatrixArguments.requireRun(input, rows, output, inputWidth, outputWidth, capacity);
        if (closed) {
            throw new IllegalStateException("this reconstruction is closed");
        }
        for (int from = 0; from < rows; from += tile) {
            runTile(input, from, Math.min(tile, rows - from), output);
        }
    }

    private void runTile(float[] input, int from, int rows, float[] output) {
        inputs[0].write(input, from * inputWidth, rows * inputWidth);
        for (int index = 0; index < layers.length; index++) {
            OpenBlasLayer layer = layers[index];
            boolean last = index == layers.length - 1;
            layer.multiply(inputs, index, rows, this.output);
            float[] values = last ? output : activation;
            int to = last ? from * layer.width() : 0;
            this.output.read(values, to, rows * layer.width());
            if (layer.isRectified()) {
                rectify(values, to, to + rows * layer.width());
            }
            if (!last) {
                inputs[index + 1].write(values, rows * layer.width());
            }
        }
    }

    private static void rectify(float[] values, int from, int to) {
        for (int index = from; index < to; index++) {
            values[index] = Math.max(0f, values[index]);
        }
    }

    @Override
    public int outputWidth() {
        return outputWidth;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        closed = true;
        output.close();
        for (NativeFloats input : inputs) {
            input.close();
        }
        for (OpenBlasLayer layer : layers) {
            layer.close();
        }
    }
}
