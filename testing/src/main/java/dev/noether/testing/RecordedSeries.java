package dev.noether.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A recorded series in two parts, where the public data sets are at hand.
 *
 * @param name of the series
 * @param features values in a row
 * @param train rows without labels, row-major
 * @param test rows to judge, row-major
 * @param labels whether each of them is anomalous
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedSeries(String name, int features, float[] train, float[] test, boolean[] labels) {
    private static final int SKAB_TRAINING_ROWS = 400;

    /** All series of a set, {@code smd}, {@code asd} or {@code skab}, by name; empty where the set is not at hand. */
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

    /** {@code datetime, 8 sensors, anomaly, changepoint}: trained on the first rows, as the benchmark has it. */
    private static RecordedSeries waterCirculation(Path file) {
        int features = 8;
        List<String[]> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.lines().skip(1).forEach(line -> lines.add(line.split(",", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int tested = lines.size() - SKAB_TRAINING_ROWS;
        float[] train = new float[SKAB_TRAINING_ROWS * features];
        float[] test = new float[tested * features];
        boolean[] labels = new boolean[tested];
        for (int i = 0; i < lines.size(); i++) {
            boolean trained = i < SKAB_TRAINING_ROWS;
            int row = trained ? i : i - SKAB_TRAINING_ROWS;
            for (int j = 0; j < features; j++) {
                (trained ? train : test)[row * features + j] = Float.parseFloat(lines.get(i)[j + 1]);
            }
            if (!trained) {
                labels[row] = Float.parseFloat(lines.get(i)[features + 1]) != 0;
            }
        }
        return new RecordedSeries(file.getFileName().toString(), features, train, test, labels);
    }
}
