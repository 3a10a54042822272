package dev.noether.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A recorded stream, where the public data sets are at hand.
 *
 * @param features values in a row
 * @param rows row-major
 * @param labels whether each row is anomalous; all false where the file has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedStream(int features, float[] rows, boolean[] labels) {
    /** Reads {@code t,f0,f1,…} or {@code t,f0,f1,…,label}. */
    public static RecordedStream read(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String header = reader.readLine();
            boolean labelled = header.endsWith(",label");
            int features = header.split(",", -1).length - (labelled ? 2 : 1);
            List<String> lines = reader.lines().toList();
            float[] rows = new float[lines.size() * features];
            boolean[] labels = new boolean[lines.size()];
            for (int i = 0; i < lines.size(); i++) {
                String[] values = lines.get(i).split(",", -1);
                for (int j = 0; j < features; j++) {
                    rows[i * features + j] = Float.parseFloat(values[j + 1]);
                }
                labels[i] = labelled && !values[features + 1].equals("0");
            }
            return new RecordedStream(features, rows, labels);
        }
    }

    /** The number of rows. */
    public int count() {
        return labels.length;
    }
}
