package dev.noether.lab.reproduce.result;

import dev.noether.lab.reproduce.set.BenchmarkFolder;
import java.util.Map;
import java.util.Optional;

/** Numbers of the paper's Table 1: its plain autoencoder and its best column, test error times 100. */
public final class PublishedNumbers {
    private static final Map<String, Row> ROWS = Map.ofEntries(
            Map.entry("CBF", new Row(62.38, 43.99)),
            Map.entry("Trace", new Row(13.95, 10.91)),
            Map.entry("Wine", new Row(63.06, 19.01)),
            Map.entry("ShapesAll", new Row(67.98, 52.97)),
            Map.entry("FiftyWords", new Row(64.91, 57.89)),
            Map.entry("WordSynonyms", new Row(70.95, 62.22)),
            Map.entry("InsectWingbeatSound", new Row(51.86, 38.11)),
            Map.entry("ECG5000", new Row(21.92, 18.06)),
            Map.entry("Earthquakes", new Row(56.23, 50.20)),
            Map.entry("Haptics", new Row(37.25, 16.94)),
            Map.entry("FaceFour", new Row(49.82, 46.00)),
            Map.entry("SyntheticControl", new Row(95.61, 55.87)),
            Map.entry("Yoga", new Row(33.76, 20.28)),
            Map.entry(BenchmarkFolder.MNIST, new Row(12.01, 6.3)));

    private PublishedNumbers() {}

    /**
     * A row.
     *
     * @param plain the paper's plain autoencoder
     * @param best the best of the paper's five columns
     */
    public record Row(double plain, double best) {}

    /** The row of a set, if the paper has it. */
    public static Optional<Row> row(String set) {
        return Optional.ofNullable(ROWS.get(set));
    }
}
