package dev.noether.model.schedule;

import java.util.Arrays;

/**
 * From when to when a recurring job ran at each repeat of its period. Bins count from the beginning of the repeat's
 * period, and may lie past its end.
 */
final class JobExtents {
    /** A repeat that lasted this many times as long as the median is one that hung. */
    private static final int HUNG = 3;

    /** Share of its usual deviation that a job has at its first and last bin; less may be noise beside the job. */
    private static final double LEAST_STRENGTH = 0.4;

    private static final int ABSENT = Integer.MIN_VALUE;

    private final int[] from;
    private final int[] to;

    private JobExtents(int[] from, int[] to) {
        this.from = from;
        this.to = to;
    }

    /** Measures the extents of a cluster. */
    static JobExtents of(PhaseCluster cluster, PhaseGrid grid, CellSeries series) {
        byte[] hits = strongHits(cluster, grid, series);
        int[] from = new int[grid.repeats()];
        int[] to = new int[grid.repeats()];
        Arrays.fill(from, ABSENT);
        for (int r = 0; r < from.length; r++) {
            measure(cluster, grid, hits, r, from, to);
        }
        JobExtents extents = new JobExtents(from, to);
        extents.dropHung();
        return extents;
    }

    private static byte[] strongHits(PhaseCluster cluster, PhaseGrid grid, CellSeries series) {
        byte[] hits = series.hits(cluster.feature());
        double[] sizes = new double[series.cells()];
        int count = 0;
        for (int r = 0; r < grid.repeats(); r++) {
            for (int b = cluster.first(); b <= cluster.last(); b++) {
                int cell = grid.cellAt(r, b);
                if (cell >= 0 && hits[cell] == cluster.sign() && count < sizes.length) {
                    sizes[count++] = Math.abs(series.of(cell, cluster.feature()));
                }
            }
        }
        double least = LEAST_STRENGTH * Spread.median(sizes, count);
        for (int c = 0; c < hits.length; c++) {
            hits[c] = Math.abs(series.of(c, cluster.feature())) >= least ? hits[c] : 0;
        }
        return hits;
    }

    private static void measure(PhaseCluster cluster, PhaseGrid grid, byte[] hits, int r, int[] from, int[] to) {
        int first = ABSENT;
        int last = ABSENT;
        int count = 0;
        for (int b = cluster.first() - cluster.widening(); b <= cluster.last() + cluster.widening(); b++) {
            if (isHit(cluster, grid, hits, r, b)) {
                first = first == ABSENT ? b : first;
                last = b;
                count++;
            }
        }
        int bins = cluster.last() - cluster.first() + 1;
        if (count == 0 || (cluster.widening() == 0 && 2 * count < bins)) {
            return;
        }
        int reach = grid.bins() / 4;
        from[r] = reached(cluster, grid, hits, r, first, -1, reach);
        to[r] = reached(cluster, grid, hits, r, last, 1, reach);
    }

    private static boolean isHit(PhaseCluster cluster, PhaseGrid grid, byte[] hits, int repeat, int bin) {
        int cell = grid.cellAt(repeat, bin);
        return cell >= 0 && hits[cell] == cluster.sign();
    }

    /** Follows hits with at most one other bin between two of them. */
    private static int reached(
            PhaseCluster cluster, PhaseGrid grid, byte[] hits, int r, int begin, int step, int reach) {
        int at = begin;
        while (Math.abs(at - begin) < reach) {
            if (isHit(cluster, grid, hits, r, at + step)) {
                at += step;
            } else if (isHit(cluster, grid, hits, r, at + 2 * step)) {
                at += 2 * step;
            } else {
                break;
            }
        }
        return at;
    }

    private void dropHung() {
        double[] lengths = new double[from.length];
        int count = 0;
        for (int r = 0; r < from.length; r++) {
            if (isPresent(r)) {
                lengths[count++] = length(r);
            }
        }
        int mayDrop = count / 5;
        double limit = HUNG * Spread.median(lengths, count) + 2;
        for (int r = 0; r < from.length && mayDrop > 0; r++) {
            if (isPresent(r) && length(r) > limit) {
                from[r] = ABSENT;
                mayDrop--;
            }
        }
    }

    int repeats() {
        return from.length;
    }

    /** Whether the job ran at a repeat, and did not hang. */
    boolean isPresent(int repeat) {
        return from[repeat] != ABSENT;
    }

    int from(int repeat) {
        return from[repeat];
    }

    int to(int repeat) {
        return to[repeat];
    }

    int length(int repeat) {
        return to[repeat] - from[repeat] + 1;
    }
}
