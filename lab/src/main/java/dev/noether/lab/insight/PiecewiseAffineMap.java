package dev.noether.lab.insight;

import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.autoencoder.Autoencoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The encoder or the decoder of a network as a continuous piecewise affine map, in double precision. A unit whose
 * affine value is 0 is inactive. Immutable and thread-safe.
 */
public final class PiecewiseAffineMap {
    private final List<Step> steps = new ArrayList<>();
    private final int inputs;

    /**
     * One layer, transposed for multiplication with columns.
     *
     * @param map affine part of the layer
     * @param shortcut linear shortcut around all steps that ends at this layer, with an offset of 0; the same object as
     *     {@code map} if there is no shortcut
     */
    record Step(AffineMap map, AffineMap shortcut, boolean rectified) {
        boolean hasShortcut() {
            return shortcut != map;
        }
    }

    private PiecewiseAffineMap(List<AffineLayer> layers) {
        for (AffineLayer layer : layers) {
            AffineMap map = transposed(layer.inputWidth(), layer.weights(), layer.biases());
            AffineMap shortcut = layer.shortcut()
                    .map(way -> transposed(way.inputWidth(), way.weights(), new float[layer.width()]))
                    .orElse(map);
            steps.add(new Step(map, shortcut, layer.activation() == Activation.RELU));
        }
        this.inputs = steps.get(0).map().inputs();
    }

    /** Returns the encoder, from rows to codes. */
    public static PiecewiseAffineMap encoder(Autoencoder network) {
        return new PiecewiseAffineMap(
                network.layers().subList(0, network.shape().codeLayer() + 1));
    }

    /** Returns the decoder, from codes to rows. */
    public static PiecewiseAffineMap decoder(Autoencoder network) {
        List<AffineLayer> layers = network.layers();
        return new PiecewiseAffineMap(layers.subList(network.shape().codeLayer() + 1, layers.size()));
    }

    /** Returns the number of input values. */
    public int inputs() {
        return inputs;
    }

    /** Returns the value at a point. */
    public double[] apply(double[] point) {
        double[] values = point;
        for (Step step : steps) {
            double[] next = step.map().apply(values);
            add(next, step, point);
            for (int unit = 0; step.rectified() && unit < next.length; unit++) {
                next[unit] = Math.max(0, next[unit]);
            }
            values = next;
        }
        return values;
    }

    /**
     * Returns the region of a point.
     *
     * @param point point, {@code [inputs]}
     * @throws IllegalArgumentException if the point has another length
     */
    public AffineRegion region(double[] point) {
        BitSet pattern = new BitSet();
        AffineMap whole = identity(inputs);
        double[] values = point;
        int first = 0;
        for (Step step : steps) {
            double[] next = step.map().apply(values);
            add(next, step, point);
            AffineMap map = sum(step.map().after(whole), step);
            if (step.rectified()) {
                for (int unit = 0; unit < next.length; unit++) {
                    pattern.set(first + unit, next[unit] > 0);
                    next[unit] = Math.max(0, next[unit]);
                }
                map = masked(map, pattern, first);
                first += next.length;
            }
            whole = map;
            values = next;
        }
        return new AffineRegion(pattern, whole);
    }

    /** Visits the regions on the straight line between two points, in order. */
    void walk(double[] from, double[] to, RegionWalk.RegionVisitor visitor) {
        new RegionWalk(steps, visitor).run(from, to);
    }

    private static void add(double[] values, Step step, double[] point) {
        if (step.hasShortcut()) {
            double[] linear = step.shortcut().apply(point);
            for (int index = 0; index < values.length; index++) {
                values[index] += linear[index];
            }
        }
    }

    private static AffineMap sum(AffineMap map, Step step) {
        if (!step.hasShortcut()) {
            return map;
        }
        double[] matrix = map.matrix();
        double[] added = step.shortcut().matrix();
        for (int index = 0; index < matrix.length; index++) {
            matrix[index] += added[index];
        }
        return new AffineMap(map.inputs(), matrix, map.offset());
    }

    private static AffineMap masked(AffineMap map, BitSet pattern, int first) {
        double[] matrix = map.matrix();
        double[] offset = map.offset();
        for (int unit = 0; unit < offset.length; unit++) {
            if (!pattern.get(first + unit)) {
                offset[unit] = 0;
                Arrays.fill(matrix, unit * map.inputs(), (unit + 1) * map.inputs(), 0);
            }
        }
        return new AffineMap(map.inputs(), matrix, offset);
    }

    private static AffineMap identity(int size) {
        double[] matrix = new double[size * size];
        for (int index = 0; index < size; index++) {
            matrix[index * size + index] = 1;
        }
        return new AffineMap(size, matrix, new double[size]);
    }

    private static AffineMap transposed(int inputs, float[] weights, float[] biases) {
        int outputs = biases.length;
        double[] matrix = new double[weights.length];
        double[] offset = new double[outputs];
        for (int index = 0; index < weights.length; index++) {
            matrix[index % outputs * inputs + index / outputs] = weights[index];
        }
        for (int output = 0; output < outputs; output++) {
            offset[output] = biases[output];
        }
        return new AffineMap(inputs, matrix, offset);
    }
}
