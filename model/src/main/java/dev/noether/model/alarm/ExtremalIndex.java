package dev.noether.model.alarm;

import java.util.List;

/**
 * Estimates the share of independent scores among high scores: 1 ÷ the mean size of a burst (Leadbetter 1983), by runs
 * declustering (Smith and Weissman 1994). A burst belongs to one entity.
 */
final class ExtremalIndex {
    /** High scores with at most this many other windows between them belong to one burst. */
    static final int QUIET_WINDOWS = 10;

    private static final double HIGH_SHARE = 0.01;
    private static final double FEWEST_HIGH = 20;

    private ExtremalIndex() {}

    /** The share, in (0, 1]; 1 if no score is high. */
    static double of(List<float[]> perEntity, SortedScores sorted) {
        double level = sorted.reachedBy(Math.min(0.5, Math.max(HIGH_SHARE, FEWEST_HIGH / sorted.size())));
        int high = 0;
        int bursts = 0;
        for (float[] scores : perEntity) {
            int quiet = QUIET_WINDOWS + 1;
            for (float score : scores) {
                boolean isHigh = score > level;
                high += isHigh ? 1 : 0;
                bursts += isHigh && quiet > QUIET_WINDOWS ? 1 : 0;
                quiet = isHigh ? 0 : quiet + 1;
            }
        }
        return high == 0 ? 1 : (double) bursts / high;
    }
}
