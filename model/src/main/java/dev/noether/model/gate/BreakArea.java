package dev.noether.model.gate;

import java.util.Arrays;

/**
 * How well a model separates broken rows from normal ones: the area under the ROC, with the placements of DeLong,
 * DeLong and Clarke-Pearson (1988), from which the error of a difference between two models follows.
 *
 * @param area area, in [0, 1]; 0.5 is chance
 * @param placements for each break, the share of normal rows below it, plus the share of breaks above its normal row
 */
record BreakArea(double area, double[] placements) {
    static BreakArea of(BreakResults results) {
        int count = results.count();
        float[] normal = results.normal().clone();
        float[] broken = results.broken().clone();
        for (int i = 0; i < count; i++) {
            // A score that is no number finds nothing.
            normal[i] = Float.isNaN(normal[i]) ? Float.POSITIVE_INFINITY : normal[i];
            broken[i] = Float.isNaN(broken[i]) ? Float.NEGATIVE_INFINITY : broken[i];
        }
        float[] sortedNormal = normal.clone();
        float[] sortedBroken = broken.clone();
        Arrays.sort(sortedNormal);
        Arrays.sort(sortedBroken);
        double[] placements = new double[count];
        double area = 0;
        for (int i = 0; i < count; i++) {
            double below = shareBelow(sortedNormal, broken[i]);
            area += below / count;
            placements[i] = below + 1 - shareBelow(sortedBroken, normal[i]);
        }
        return new BreakArea(area, placements);
    }

    /** The share of values below a value, equal ones counting half. */
    private static double shareBelow(float[] sorted, float value) {
        return (boundary(sorted, value, false) + boundary(sorted, value, true)) / (2.0 * sorted.length);
    }

    /** The number of values below a value, or of those at most equal to it. */
    private static int boundary(float[] sorted, float value, boolean withEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value || (withEqual && sorted[middle] == value)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** By how much another area is larger. */
    PairedDifference lossAgainst(BreakArea other) {
        double[] differences = new double[placements.length];
        Arrays.setAll(differences, i -> other.placements[i] - placements[i]);
        PairedDifference difference = PairedDifference.of(differences);
        return new PairedDifference(other.area - area, difference.error(), difference.count());
    }
}
