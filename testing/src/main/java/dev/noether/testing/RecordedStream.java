package dev.noether.testing;

import dev.noether.testing.RecordedData.Table;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A stream of one of the public data sets.
 *
 * @param features number of values in a row
 * @param rows {@code [rows × features]}
 * @param labels {@code [rows]}, whether each row is anomalous; all false if the file has no labels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedStream(int features, float[] rows, boolean[] labels) {
    /** Reads {@code t,f0,f1,…} or {@code t,f0,f1,…,label}. */
    public static RecordedStream read(Path file) throws IOException {
        boolean hasLabels = RecordedData.header(file).endsWith(",label");
        Table table = RecordedData.read(file, true, 1);
        int features = table.width() - (hasLabels ? 1 : 0);
        boolean[] labels = hasLabels ? table.flags(features) : new boolean[table.length()];
        return new RecordedStream(features, table.columns(0, features), labels);
    }

    /** Returns the number of rows. */
    public int count() {
        return labels.length;
    }
}
