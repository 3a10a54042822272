package dev.noether.model.series;

/** Distances between the series of a set. */
public final class SeriesDistances {
    private SeriesDistances() {}

    /** Squared Euclidean distances, {@code [count][count]}, in O(count² · length). */
    public static double[][] squared(SeriesSet series) {
        int count = series.count();
        int length = series.length();
        float[] values = series.values();
        double[][] distances = new double[count][count];
        for (int row = 0; row < count; row++) {
            for (int other = 0; other < row; other++) {
                double squares = 0;
                for (int column = 0; column < length; column++) {
                    double difference = values[row * length + column] - values[other * length + column];
                    squares += difference * difference;
                }
                distances[row][other] = squares;
                distances[other][row] = squares;
            }
        }
        return distances;
    }
}
