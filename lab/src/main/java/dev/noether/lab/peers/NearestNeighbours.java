package dev.noether.lab.peers;

import java.util.Arrays;

/**
 * The Euclidean distance to the k-th nearest training row after standardisation (Ramaswamy et al., 2000). The search is
 * exact: each test row is compared with each training row, in O(train · test · width). For tables, not for streams.
 *
 * @param neighbours rank of the neighbour (k), at least 1
 */
public record NearestNeighbours(int neighbours) implements PeerDetector {
    /**
     * Checks k.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public NearestNeighbours {
        if (neighbours < 1) {
            throw new IllegalArgumentException("`neighbours` must be at least 1 (got " + neighbours + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        if (train.length() < neighbours) {
            throw new IllegalArgumentException(
                    "`train` must hold at least " + neighbours + " rows (got " + train.length() + ")");
        }
        Standardization standardization = Standardization.fit(train, test);
        float[] trainRows = standardization.apply(train);
        float[] rows = standardization.apply(test);
        int width = test.width();
        double[] nearest = new double[neighbours];
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            for (int start = 0; start < trainRows.length; start += width) {
                insert(nearest, squaredDistance(rows, i * width, trainRows, start, width, nearest[neighbours - 1]));
            }
            scores[i] = (float) Math.sqrt(nearest[neighbours - 1]);
        }
        return scores;
    }

    /** Returns the squared distance, or any number above the limit if it exceeds the limit. */
    private static double squaredDistance(float[] a, int fromA, float[] b, int fromB, int width, double limit) {
        double squares = 0;
        for (int j = 0; j < width && squares <= limit; j++) {
            double difference = a[fromA + j] - b[fromB + j];
            squares += difference * difference;
        }
        return squares;
    }

    /** Inserts a distance into the sorted array and removes the largest. */
    private static void insert(double[] nearest, double distance) {
        int place = nearest.length - 1;
        if (distance >= nearest[place]) {
            return;
        }
        while (place > 0 && nearest[place - 1] > distance) {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = distance;
    }
}
