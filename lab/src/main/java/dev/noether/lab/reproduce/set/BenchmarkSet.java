package dev.noether.lab.reproduce.set;

import dev.noether.model.hash.Sha256;
import dev.noether.model.series.SeriesSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of rows to reconstruct.
 *
 * @param name of the set
 * @param train {@code [rows × length]}
 * @param test rows that no choice uses
 * @param series whether neighbouring columns are neighbours in time
 * @param notes on its preparation, each to be read behind "This set"
 * @param labelled rows for detection metrics; null without labels
 */
public record BenchmarkSet(
        String name,
        SeriesSet train,
        SeriesSet test,
        boolean series,
        List<String> notes,
        @Nullable DetectionTestSet labelled) {

    /** A set without labels. */
    public BenchmarkSet(String name, SeriesSet train, SeriesSet test, boolean series, List<String> notes) {
        this(name, train, test, series, notes, null);
    }

    /** Copies the notes. */
    public BenchmarkSet {
        notes = List.copyOf(notes);
    }

    /** A hash of all values, so that a stored run is not used for other data. */
    public String fingerprint() {
        MessageDigest digest = Sha256.start();
        for (SeriesSet part : List.of(train, test)) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * part.length());
            double[] row = new double[part.length()];
            for (int index = 0; index < part.count(); index++) {
                part.copyRow(index, row);
                bytes.clear();
                for (double value : row) {
                    bytes.putFloat((float) value);
                }
                digest.update(bytes.array());
            }
            digest.update((byte) '|');
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
