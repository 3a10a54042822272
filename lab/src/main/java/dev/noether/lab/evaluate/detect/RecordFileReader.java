package dev.noether.lab.evaluate.detect;

import dev.noether.schemas.MalformedRecordException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what {@link RecordFileSink} wrote, and how long the job took from the first record to the last. */
final class RecordFileReader {
    private RecordFileReader() {}

    /** How bytes become a record. */
    @FunctionalInterface
    interface Decoding<T> {
        T decode(byte[] bytes) throws MalformedRecordException;
    }

    /**
     * Reads all records.
     *
     * @param each gets them in the order in which they were written
     * @return seconds for 10,000 records, from the first to the last; NaN where there are fewer than two
     */
    static <T> double read(Path file, Decoding<T> decoding, Consumer<T> each) {
        long count = 0;
        long first = 0;
        long last = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                long nanos;
                try {
                    nanos = in.readLong();
                } catch (EOFException end) {
                    break;
                }
                byte[] bytes = in.readNBytes(in.readInt());
                each.accept(decoding.decode(bytes));
                first = count == 0 ? nanos : first;
                last = nanos;
                count++;
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("the records in " + file + " cannot be read", exception);
        } catch (MalformedRecordException exception) {
            throw new IllegalStateException("the records in " + file + " cannot be decoded", exception);
        }
        return count < 2 ? Double.NaN : (last - first) * 1e-9 / (count - 1) * 10_000;
    }
}
