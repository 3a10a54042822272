package dev.noether.lab.insight;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds the regions of a piecewise affine map on a straight line, exactly. Not thread-safe. */
final class RegionWalk {
    private final List<PiecewiseAffineMap.Step> steps;
    private final RegionVisitor visitor;

    /** Receives the regions on a line. */
    @FunctionalInterface
    interface RegionVisitor {
        /**
         * Visits one region.
         *
         * @param pattern active units of the region; overwritten after the call
         * @param start share of the line where the region begins
         * @param end share of the line where it ends
         */
        void visit(BitSet pattern, double start, double end);
    }

    RegionWalk(List<PiecewiseAffineMap.Step> steps, RegionVisitor visitor) {
        this.steps = steps;
        this.visitor = visitor;
    }

    void run(double[] from, double[] to) {
        double[] direction = new double[from.length];
        for (int index = 0; index < direction.length; index++) {
            direction[index] = to[index] - from[index];
        }
        walk(0, 0, 1, from, direction, new BitSet(), 0);
    }

    /**
     * Divides a part of the line into regions. Between two shares of the line all values before this step are {@code
     * base + t · slope}. Each unit of this step divides the part where its value crosses 0. On each piece the step is
     * affine, and the next step is processed in the same way. There is no step width, so that no region is missed.
     */
    private void walk(int index, double start, double end, double[] base, double[] slope, BitSet pattern, int first) {
        if (index == steps.size() || isLinearFrom(index)) {
            visitor.visit(pattern, start, end);
            return;
        }
        PiecewiseAffineMap.Step step = steps.get(index);
        double[] values = step.map().apply(base);
        double[] slopes = linear(step.map(), slope);
        if (!step.rectified()) {
            walk(index + 1, start, end, values, slopes, pattern, first);
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
            walk(index + 1, cuts[piece], cuts[piece + 1], nextBase, nextSlope, pattern, first + values.length);
        }
    }

    /** Returns whether all layers from this one on are linear. Such layers end no region and need not be computed. */
    private boolean isLinearFrom(int index) {
        return steps.subList(index, steps.size()).stream().noneMatch(PiecewiseAffineMap.Step::rectified);
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

    private static double[] linear(AffineMap map, double[] vector) {
        double[] result = map.apply(vector);
        double[] offset = map.offset();
        for (int index = 0; index < result.length; index++) {
            result[index] -= offset[index];
        }
        return result;
    }
}
