package dev.noether.lab.peers;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The Euclidean distance of a window of standardised rows to the nearest of k centroids of the training windows,
 * divided by the root of the window's size: k-means (Lloyd), started by k-means++ (Arthur and Vassilvitskii, 2007).
 *
 * <p>It is KMeansAD (Yairi et al., 2001; code in TimeEval, Schmidl et al., VLDB 2022, and in TSB-AD) with a stride of
 * 1 and without normalisation of single windows, except for two things. The centroids are of the training rows alone.
 * The score of a row is the distance of the window that ends with it, so that it depends on no later row; in the
 * original it is the mean distance of all windows that contain the row.
 *
 * @param window number of rows of a window, at least 1; the window ends at the scored row
 * @param centroids number of centroids (k), at least 1; at most the number of training windows is used
 * @param seed seed of the random numbers; the same seed results in the same scores
 */
public record NearestCentroid(int window, int centroids, long seed) implements PeerDetector {
    private static final int MOST_ROUNDS = 30;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public NearestCentroid {
        if (window < 1) {
            throw new IllegalArgumentException("`window` must be at least 1 (got " + window + ")");
        }
        if (centroids < 1) {
            throw new IllegalArgumentException("`centroids` must be at least 1 (got " + centroids + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        StandardizedWindows both = StandardizedWindows.of(train, test, window);
        float[][] centres = fit(both.training());
        StackedRows windows = both.test();
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (float[] centre : centres) {
                least = Math.min(least, squaredDistance(windows, i, centre));
            }
            scores[i] = (float) Math.sqrt(least / windows.size());
        }
        return scores;
    }

    private float[][] fit(StackedRows windows) {
        float[][] centres = start(windows);
        int[] nearest = new int[windows.count()];
        Arrays.fill(nearest, -1);
        for (int round = 0; round < MOST_ROUNDS && assign(windows, centres, nearest); round++) {
            move(windows, centres, nearest);
        }
        return centres;
    }

    /**
     * Draws the first centres. The probability of a window is proportional to its squared distance to the centres
     * before.
     */
    private float[][] start(StackedRows windows) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] centres = new float[Math.min(centroids, windows.count())][];
        double[] distances = new double[windows.count()];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int chosen = random.nextInt(windows.count());
        for (int k = 0; k < centres.length; k++) {
            int offset = windows.offset(chosen);
            centres[k] = Arrays.copyOfRange(windows.rows(), offset, offset + windows.size());
            double sum = 0;
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(distances[i], squaredDistance(windows, i, centres[k]));
                sum += distances[i];
            }
            double remainder = random.nextDouble() * sum;
            chosen = 0;
            while (chosen < distances.length - 1 && remainder >= distances[chosen]) {
                remainder -= distances[chosen++];
            }
        }
        return centres;
    }

    /** Returns whether a window has changed its centre. */
    private static boolean assign(StackedRows windows, float[][] centres, int[] nearest) {
        boolean changed = false;
        for (int i = 0; i < nearest.length; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.length; k++) {
                double distance = squaredDistance(windows, i, centres[k]);
                if (distance < least) {
                    least = distance;
                    best = k;
                }
            }
            changed |= nearest[i] != best;
            nearest[i] = best;
        }
        return changed;
    }

    /** Moves each centre to the mean of its windows. A centre without windows does not move. */
    private static void move(StackedRows windows, float[][] centres, int[] nearest) {
        double[][] sums = new double[centres.length][windows.size()];
        int[] counts = new int[centres.length];
        for (int i = 0; i < nearest.length; i++) {
            int offset = windows.offset(i);
            double[] sum = sums[nearest[i]];
            counts[nearest[i]]++;
            for (int j = 0; j < sum.length; j++) {
                sum[j] += windows.rows()[offset + j];
            }
        }
        for (int k = 0; k < centres.length; k++) {
            for (int j = 0; counts[k] > 0 && j < centres[k].length; j++) {
                centres[k][j] = (float) (sums[k][j] / counts[k]);
            }
        }
    }

    private static double squaredDistance(StackedRows windows, int index, float[] centre) {
        float[] rows = windows.rows();
        int offset = windows.offset(index);
        // Four sums, since one would make each addition wait for the one before it.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < centre.length; j += 4) {
            a += square(rows[offset + j] - centre[j]);
            b += square(rows[offset + j + 1] - centre[j + 1]);
            c += square(rows[offset + j + 2] - centre[j + 2]);
            d += square(rows[offset + j + 3] - centre[j + 3]);
        }
        for (; j < centre.length; j++) {
            a += square(rows[offset + j] - centre[j]);
        }
        return a + b + c + d;
    }

    private static float square(float difference) {
        return difference * difference;
    }
}
