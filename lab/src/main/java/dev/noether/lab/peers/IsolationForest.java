package dev.noether.lab.peers;

import java.util.SplittableRandom;

/**
 * Isolation forest (Liu, Ting and Zhou, ICDM 2008): trees of random cuts, each over a small sample of the training
 * rows. A row that few cuts isolate is anomalous. The score is 2^(−mean depth ÷ c(sample)), in (0, 1).
 *
 * @param trees number of trees, at least 1
 * @param sample number of rows of a tree, at least 2; at most the number of training rows is used
 * @param seed seed of the random numbers; the same seed results in the same scores
 */
public record IsolationForest(int trees, int sample, long seed) implements PeerDetector {
    private static final double EULER = 0.577215664901532860606;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is too small
     */
    public IsolationForest {
        if (trees < 1) {
            throw new IllegalArgumentException("`trees` must be at least 1 (got " + trees + ")");
        }
        if (sample < 2) {
            throw new IllegalArgumentException("`sample` must be at least 2 (got " + sample + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        if (train.width() != test.width()) {
            throw new IllegalArgumentException("`train` and `test` must be of the same width (got " + train.width()
                    + " and " + test.width() + ")");
        }
        SplittableRandom random = new SplittableRandom(seed);
        int size = Math.min(sample, train.length());
        double[] depths = new double[test.length()];
        for (int t = 0; t < trees; t++) {
            Tree tree = new Tree(train, drawRows(train.length(), size, random), random);
            for (int i = 0; i < depths.length; i++) {
                depths[i] += tree.depth(test, i);
            }
        }
        double normalDepth = Math.max(expectedDepth(size), Double.MIN_NORMAL);
        float[] scores = new float[depths.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.pow(2, -depths[i] / trees / normalDepth);
        }
        return scores;
    }

    /** Draws row indices without replacement, as the first of a shuffle. */
    private static int[] drawRows(int rows, int size, SplittableRandom random) {
        int[] all = new int[rows];
        for (int i = 0; i < rows; i++) {
            all[i] = i;
        }
        int[] sampleRows = new int[size];
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(rows - i);
            sampleRows[i] = all[other];
            all[other] = all[i];
        }
        return sampleRows;
    }

    /** Returns c(n): the mean depth at which a search among n rows ends without a match. */
    static double expectedDepth(int rows) {
        return switch (rows) {
            case 0, 1 -> 0;
            case 2 -> 1;
            default -> 2 * (Math.log(rows - 1.0) + EULER) - 2 * (rows - 1.0) / rows;
        };
    }

    /** One tree. Node 0 is the root; the two children of a node are adjacent. */
    private static final class Tree {
        private final int[] feature;
        private final float[] cut;
        private final int[] left;
        private final double[] leafDepth;
        private int nodes;

        Tree(Observations train, int[] rows, SplittableRandom random) {
            int most = 2 * rows.length;
            feature = new int[most];
            cut = new float[most];
            left = new int[most];
            leafDepth = new double[most];
            int deepest = (int) Math.ceil(Math.log(rows.length) / Math.log(2));
            nodes = 1;
            grow(0, train, rows, 0, rows.length, 0, deepest, random);
        }

        double depth(Observations rows, int row) {
            int node = 0;
            while (left[node] > 0) {
                node = left[node] + (rows.value(row, feature[node]) < cut[node] ? 0 : 1);
            }
            return leafDepth[node];
        }

        private void grow(
                int node,
                Observations train,
                int[] rows,
                int start,
                int end,
                int depth,
                int deepest,
                SplittableRandom random) {
            leafDepth[node] = depth + expectedDepth(end - start);
            if (depth >= deepest || end - start < 2) {
                return;
            }
            int chosen = varying(train, rows, start, end, random);
            if (chosen < 0) {
                return;
            }
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = start; i < end; i++) {
                least = Math.min(least, train.value(rows[i], chosen));
                most = Math.max(most, train.value(rows[i], chosen));
            }
            // The cut is above the least value, so that both sides hold a row.
            float at = Math.max((float) (least + random.nextDouble() * ((double) most - least)), Math.nextUp(least));
            int middle = start;
            for (int i = start; i < end; i++) {
                if (train.value(rows[i], chosen) < at) {
                    int swapped = rows[i];
                    rows[i] = rows[middle];
                    rows[middle++] = swapped;
                }
            }
            feature[node] = chosen;
            cut[node] = at;
            int below = nodes;
            left[node] = below;
            nodes += 2;
            grow(below, train, rows, start, middle, depth + 1, deepest, random);
            grow(below + 1, train, rows, middle, end, depth + 1, deepest, random);
        }

        /** Returns a random feature among those that vary over the rows; −1 if none does. */
        private static int varying(Observations train, int[] rows, int start, int end, SplittableRandom random) {
            int chosen = -1;
            int seen = 0;
            for (int j = 0; j < train.width(); j++) {
                boolean varies = false;
                for (int i = start + 1; i < end && !varies; i++) {
                    varies = train.value(rows[i], j) != train.value(rows[start], j);
                }
                if (varies && random.nextInt(++seen) == 0) {
                    chosen = j;
                }
            }
            return chosen;
        }
    }
}
