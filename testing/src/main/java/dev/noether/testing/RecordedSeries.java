package dev.noether.testing;

import dev.noether.testing.RecordedData.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A series of one of the public data sets, with a training and a test part.
 *
 * @param name name of the series
 * @param features number of values in a row
 * @param train {@code [rows × features]}, the training part, without labels
 * @param test {@code [rows × features]}, the test part
 * @param labels {@code [test rows]}, whether each row of the test part is anomalous
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedSeries(String name, int features, float[] train, float[] test, boolean[] labels) {
    private static final int SKAB_FEATURES = 8;
    private static final int SKAB_TRAINING_ROWS = 400;

    /** Returns all series of a set, {@code smd}, {@code asd} or {@code skab}, by name; empty if the set is missing. */
    public static List<RecordedSeries> of(String set) throws IOException {
        Optional<Path> folder = RealData.find("streams", set);
        if (folder.isEmpty()) {
            return List.of();
        }
        boolean skab = set.equals("skab");
        try (Stream<Path> entries = Files.list(skab ? folder.get().resolve("valve1") : folder.get())) {
            return entries.sorted()
                    .map(entry -> skab ? waterCirculation(entry) : server(entry))
                    .toList();
        }
    }

    private static RecordedSeries server(Path folder) {
        try {
            RecordedStream train = RecordedStream.read(folder.resolve("train.csv.gz"));
            RecordedStream test = RecordedStream.read(folder.resolve("test.csv.gz"));
            String name = folder.getFileName().toString();
            return new RecordedSeries(name, train.features(), train.rows(), test.rows(), test.labels());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code datetime, 8 sensors, anomaly, changepoint}: the first rows are for training, as in the benchmark. */
    private static RecordedSeries waterCirculation(Path file) {
        try {
            Table table = RecordedData.read(file, true, 1);
            float[] rows = table.columns(0, SKAB_FEATURES);
            int split = SKAB_TRAINING_ROWS * SKAB_FEATURES;
            return new RecordedSeries(
                    file.getFileName().toString(),
                    SKAB_FEATURES,
                    Arrays.copyOf(rows, split),
                    Arrays.copyOfRange(rows, split, rows.length),
                    Arrays.copyOfRange(table.flags(SKAB_FEATURES), SKAB_TRAINING_ROWS, table.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
