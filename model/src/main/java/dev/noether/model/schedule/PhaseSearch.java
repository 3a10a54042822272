package dev.noether.model.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the bins of a period at which deviations of one sign recur: in four of five repeats at least, in three at least,
 * and more often than by chance if hits fell anywhere. What is found must be found without any group of repeats too, and
 * then recur in that group.
 */
final class PhaseSearch {
    /** Share of the repeats in which a deviation must come. */
    static final double LEAST_SHARE = 0.8;

    private static final int LEAST_REPEATS = 3;

    /** By how many bins a job may begin earlier or later. A wider search only finds what a narrower one does not. */
    private static final int[] WIDENINGS = {0, 1, 2, 4, 8};

    /** A feature that deviates more often is not one with rare jobs. */
    private static final double MOST_HITS = 0.4;

    /** Probability of a cluster by chance, for each period. */
    private static final double CHANCE = 0.01;

    private final PhaseGrid grid;
    private final boolean[] present;
    private final int features;

    PhaseSearch(PhaseGrid grid, boolean[] present, int features) {
        this.grid = grid;
        this.present = present;
        this.features = features;
    }

    /** Finds the clusters of a feature. */
    List<PhaseCluster> clusters(int feature, byte[] hits) {
        List<PhaseCluster> found = new ArrayList<>();
        for (int sign = -1; sign <= 1; sign += 2) {
            if (isRare(hits, sign)) {
                continue;
            }
            boolean[] taken = new boolean[grid.bins()];
            for (int widening : WIDENINGS) {
                if (8 * widening < grid.bins()) {
                    find(feature, sign, widening, widened(hits, sign, widening), taken, found);
                }
            }
        }
        return found;
    }

    /** Whether there are too few hits for one at most repeats: then there is nothing to find, which is usual. */
    private boolean isRare(byte[] hits, int sign) {
        int count = 0;
        for (byte hit : hits) {
            count += hit == sign ? 1 : 0;
        }
        return count < Math.max(LEAST_REPEATS, LEAST_SHARE * (grid.repeats() - 2) / 2);
    }

    private static boolean[] widened(byte[] hits, int sign, int widening) {
        boolean[] wide = new boolean[hits.length];
        int last = -1 - widening;
        for (int c = 0; c < hits.length + widening; c++) {
            last = c < hits.length && hits[c] == sign ? c : last;
            if (c - widening >= 0 && last >= c - 2 * widening) {
                wide[c - widening] = true;
            }
        }
        return wide;
    }

    private void find(int feature, int sign, int widening, boolean[] hits, boolean[] taken, List<PhaseCluster> found) {
        int all = 0;
        int hit = 0;
        int runs = 0;
        for (int c = 0; c < hits.length; c++) {
            all += present[c] ? 1 : 0;
            hit += present[c] && hits[c] ? 1 : 0;
            runs += hits[c] && (c == 0 || !hits[c - 1]) ? 1 : 0;
        }
        if (hit == 0 || hit > MOST_HITS * all) {
            return;
        }
        double tests = 2.0 * features * grid.bins() * runs / hit;
        boolean[] recurring = recurring(hits, (double) hit / all, Math.log(CHANCE / Math.max(1, tests)));
        for (int b = 0; b < taken.length; b++) {
            recurring[b] &= !taken[b];
        }
        addClusters(feature, sign, widening, recurring, taken, found);
    }

    private boolean[] recurring(boolean[] hits, double rate, double limit) {
        int groups = grid.groups();
        int[] counts = new int[grid.bins() * groups];
        int[] hitCounts = new int[counts.length];
        for (int c = 0; c < hits.length; c++) {
            if (present[c]) {
                int index = grid.bin(c) * groups + grid.groupOf(grid.repeat(c));
                counts[index]++;
                hitCounts[index] += hits[c] ? 1 : 0;
            }
        }
        boolean[] recurring = new boolean[grid.bins()];
        int expected = 0;
        int confirmed = 0;
        for (int b = 0; b < recurring.length; b++) {
            int count = 0;
            int hit = 0;
            for (int g = 0; g < groups; g++) {
                count += counts[b * groups + g];
                hit += hitCounts[b * groups + g];
            }
            recurring[b] = count >= LEAST_REPEATS && isRecurring(count, hit, LEAST_REPEATS, rate, limit);
            for (int g = 0; g < groups; g++) {
                int left = counts[b * groups + g];
                int leftHit = hitCounts[b * groups + g];
                // The limit for fewer repeats is less strict, so that three repeats can be tested at all.
                double relaxed = limit * (count - left) / Math.max(1, count);
                if (left > 0 && isRecurring(count - left, hit - leftHit, 2, rate, relaxed)) {
                    expected += left;
                    confirmed += leftHit;
                }
            }
        }
        return confirmed >= LEAST_SHARE * expected ? recurring : new boolean[recurring.length];
    }

    private static boolean isRecurring(int count, int hit, int least, double rate, double limit) {
        if (hit < least || hit < LEAST_SHARE * count) {
            return false;
        }
        double logarithm = hit * Math.log(rate);
        for (int i = 1; i <= count - hit; i++) {
            logarithm += Math.log((double) (hit + i) / i);
        }
        return logarithm <= limit;
    }

    /** Joins bins with at most one other between them, also over the end of the period. */
    private void addClusters(
            int feature, int sign, int widening, boolean[] recurring, boolean[] taken, List<PhaseCluster> found) {
        int bins = recurring.length;
        int origin = afterLongestGap(recurring);
        if (origin < 0) {
            return;
        }
        int first = -1;
        int last = -1;
        for (int b = origin; b <= origin + bins; b++) {
            boolean isIn = b < origin + bins && recurring[b % bins];
            if (isIn && first < 0) {
                first = b;
            }
            last = isIn ? b : last;
            if (first >= 0 && !isIn && (b - last >= 2 || b == origin + bins)) {
                int shift = first >= bins ? bins : 0;
                found.add(new PhaseCluster(feature, sign, first - shift, last - shift, widening));
                for (int t = first - 17; t <= last + 17; t++) {
                    taken[Math.floorMod(t, bins)] = true;
                }
                first = -1;
            }
        }
    }

    /** The first recurring bin after the longest run of others; −1 if there is none, or no other. */
    private static int afterLongestGap(boolean[] recurring) {
        int bins = recurring.length;
        int best = -1;
        int longest = 0;
        int gap = 0;
        for (int b = 0; b < 2 * bins; b++) {
            if (recurring[b % bins]) {
                if (gap > longest) {
                    longest = gap;
                    best = b % bins;
                }
                gap = 0;
            } else {
                gap++;
            }
        }
        return best;
    }
}
