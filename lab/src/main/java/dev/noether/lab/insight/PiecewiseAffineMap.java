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
 * affine value is 0 counts as inactive. Immutable and thread-safe.
 */
public final class PiecewiseAffineMap {
    private final List<Step> steps = new ArrayList<>();
    private final int inputs;

    /**
     * One layer, transposed for use on columns.
     *
     * @param map its affine part
     * @param shortcut the linear way around all steps that ends here, with an offset of 0; the same object as {@code
     *     map} where there is none
     */
    private record Step(AffineMap map, AffineMap shortcut, boolean rectified) {
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

    /** From rows to codes. */
    public static PiecewiseAffineMap encoder(Autoencoder network) {
        return new PiecewiseAffineMap(
                network.layers().subList(0, network.shape().codeLayer() + 1));
    }

    /** From codes to rows. */
    public static PiecewiseAffineMap decoder(Autoencoder network) {
        List<AffineLayer> layers = network.layers();
        return new PiecewiseAffineMap(layers.subList(network.shape().codeLayer() + 1, layers.size()));
    }

    /** Number of values that the map reads. */
    public int inputs() {
        return inputs;
    }

    /** The value at a point. */
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
     * The region that a point lies in.
     *
     * @param point {@code [inputs]}
     * @throws IllegalArgumentException if it has another length
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

    /** Walks the straight way from one point to another and tells of each region on it, in order. */
    void walk(double[] from, double[] to, RegionVisitor visitor) {
        double[] direction = new double[inputs];
        for (int index = 0; index < inputs; index++) {
            direction[index] = to[index] - from[index];
        }
        walk(0, 0, 1, from, direction, new BitSet(), 0, visitor);
    }

    /** Hears of the regions on a way. */
    @FunctionalInterface
    interface RegionVisitor {
        /**
         * The way lies in the region of this pattern, which is not to be kept, from a share of its length to another.
         */
        void visit(BitSet pattern, double start, double end);
    }

    /**
     * Between two shares of the way all values before this step are {@code base + t · slope}. A unit of this step
     * divides the stretch where its own line crosses 0; on each piece the step is affine, and the next one is seen in
     * the same way. No step width, and nothing that could be stepped over.
     */
    private void walk(
            int index,
            double start,
            double end,
            double[] base,
            double[] slope,
            BitSet pattern,
            int first,
            RegionVisitor visitor) {
        if (index == steps.size() || noKinkFrom(index)) {
            visitor.visit(pattern, start, end);
            return;
        }
        Step step = steps.get(index);
        double[] values = step.map().apply(base);
        double[] slopes = linear(step.map(), slope);
        if (!step.rectified()) {
            walk(index + 1, start, end, values, slopes, pattern, first, visitor);
            return;
        }
        double[] cuts = cuts(values, slopes, start, end);
        for (int piece = 0; piece + 1 < cuts.length; piece++) {
            double middle = (cuts[piece] + cuts[piece + 1]) / 2;
            if (!(cuts[piece] < middle && middle < cuts[piece + 1])) {
                continue;
            }
            double[] nextBase = values.clone();
            double[] nextSlope = slopes.clone();
            for (int unit = 0; unit < values.length; unit++) {
                boolean active = values[unit] + middle * slopes[unit] > 0;
                pattern.set(first + unit, active);
                nextBase[unit] = active ? values[unit] : 0;
                nextSlope[unit] = active ? slopes[unit] : 0;
            }
            walk(index + 1, cuts[piece], cuts[piece + 1], nextBase, nextSlope, pattern, first + values.length, visitor);
        }
    }

    /** What follows is linear, so that no region ends there; the last layer, the widest, need not be computed. */
    private boolean noKinkFrom(int index) {
        return steps.subList(index, steps.size()).stream().noneMatch(Step::rectified);
    }

    private static double[] cuts(double[] values, double[] slopes, double start, double end) {
        double[] cuts = new double[values.length + 2];
        int count = 0;
        cuts[count++] = start;
        for (int unit = 0; unit < values.length; unit++) {
            double zero = -values[unit] / slopes[unit];
            if (zero > start && zero < end) {
                cuts[count++] = zero;
            }
        }
        cuts[count++] = end;
        double[] sorted = Arrays.copyOf(cuts, count);
        Arrays.sort(sorted);
        return sorted;
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

    private static double[] linear(AffineMap map, double[] vector) {
        double[] result = map.apply(vector);
        double[] offset = map.offset();
        for (int index = 0; index < result.length; index++) {
            result[index] -= offset[index];
        }
        return result;
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
