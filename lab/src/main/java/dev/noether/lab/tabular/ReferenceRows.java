package dev.noether.lab.tabular;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The normal rows with which a row is compared: an exact search of nearest neighbours over all of them. Immutable;
 * thread-safe.
 */
final class ReferenceRows {
    private final float[] rows;
    private final int width;

    private ReferenceRows(float[] rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    /** Returns all rows, or a uniform random sample if there are more than {@code most} (Vitter's reservoir). */
    static ReferenceRows sample(float[] rows, int count, int width, int most, RandomGenerator random) {
        float[] sample = Arrays.copyOf(rows, Math.min(count, most) * width);
        for (int row = most; row < count; row++) {
            int place = random.nextInt(row + 1);
            if (place < most) {
                System.arraycopy(rows, row * width, sample, place * width, width);
            }
        }
        return new ReferenceRows(sample, width);
    }

    int count() {
        return rows.length / width;
    }

    /**
     * Returns the mean Euclidean distance of a row to its nearest reference rows.
     *
     * @param nearest work array, whose length is the number of neighbours
     */
    double meanDistance(float[] row, int offset, double[] nearest) {
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int last = nearest.length - 1;
        for (int start = 0; start < rows.length; start += width) {
            double distance = squaredDistance(row, offset, start, nearest[last]);
            if (distance < nearest[last]) {
                int place = last;
                for (; place > 0 && nearest[place - 1] > distance; place--) {
                    nearest[place] = nearest[place - 1];
                }
                nearest[place] = distance;
            }
        }
        double sum = 0;
        for (double squares : nearest) {
            sum += Math.sqrt(squares);
        }
        return sum / nearest.length;
    }

    /**
     * Adds the part of each value in the squared distance of a row to the nearest reference row, times a weight, to
     * {@code parts}. The parts are equal if the distance is 0.
     */
    void addParts(float[] row, int offset, double weight, double[] parts) {
        int nearest = 0;
        double limit = Double.POSITIVE_INFINITY;
        for (int start = 0; start < rows.length; start += width) {
            double distance = squaredDistance(row, offset, start, limit);
            if (distance < limit) {
                limit = distance;
                nearest = start;
            }
        }
        for (int column = 0; column < width; column++) {
            double difference = row[offset + column] - rows[nearest + column];
            parts[column] += limit > 0 ? weight * difference * difference / limit : weight / width;
        }
    }

    /** Returns the squared distance, or any number above the limit if it exceeds the limit. */
    private double squaredDistance(float[] row, int offset, int start, double limit) {
        double squares = 0;
        for (int column = 0; column < width && squares <= limit; column++) {
            double difference = row[offset + column] - rows[start + column];
            squares += difference * difference;
        }
        return squares;
    }
}
