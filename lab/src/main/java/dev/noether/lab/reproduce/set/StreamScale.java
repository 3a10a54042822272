package dev.noether.lab.reproduce.set;

import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.model.series.SeriesSet;
import java.util.stream.IntStream;

/**
 * Mean and deviation of those features of a stream that vary, taken from its first rows. Values beyond {@link #LIMIT}
 * deviations are clipped, so that one burst does not make all of an error.
 *
 * @param features indices of those that vary
 * @param means by them
 * @param deviations by them, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamScale(int[] features, double[] means, double[] deviations) {
    private static final double LIMIT = 10;

    static StreamScale of(TimedRows rows, int first) {
        int width = rows.width();
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int feature = 0; feature < width; feature++) {
            double sum = 0;
            for (int row = 0; row < first; row++) {
                sum += rows.values()[row * width + feature];
            }
            means[feature] = sum / first;
            double squares = 0;
            for (int row = 0; row < first; row++) {
                double difference = rows.values()[row * width + feature] - means[feature];
                squares += difference * difference;
            }
            deviations[feature] = Math.sqrt(squares / first);
        }
        // Relative to the mean: a constant has a deviation of rounding, not of 0.
        int[] varying = IntStream.range(0, width)
                .filter(feature -> deviations[feature] > 1e-6 * Math.max(1e-6, Math.abs(means[feature])))
                .toArray();
        return new StreamScale(
                varying,
                IntStream.of(varying).mapToDouble(feature -> means[feature]).toArray(),
                IntStream.of(varying)
                        .mapToDouble(feature -> deviations[feature])
                        .toArray());
    }

    int width() {
        return features.length;
    }

    /** Windows of a length that begin at given rows, {@code [starts × (length · width)]}. */
    SeriesSet windows(TimedRows rows, int[] starts, int length) {
        int values = length * features.length;
        float[] windows = new float[Math.multiplyExact(starts.length, values)];
        for (int window = 0; window < starts.length; window++) {
            for (int index = 0; index < values; index++) {
                int column = index % features.length;
                int row = starts[window] + index / features.length;
                double scaled =
                        (rows.values()[row * rows.width() + features[column]] - means[column]) / deviations[column];
                windows[window * values + index] = (float) Math.max(-LIMIT, Math.min(LIMIT, scaled));
            }
        }
        return SeriesSet.of(windows, starts.length, values);
    }
}
