package dev.noether.cli.evaluate.detect;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what {@link FileSink} wrote, and how long the job took from the first record to the last. */
final class ScoreFileReader {
    private ScoreFileReader() {}

    /**
     * Reads all scores.
     *
     * @param each gets them in the order in which they were written
     * @return seconds for 10,000 records, from the first to the last; NaN where there are fewer than two
     */
    static double read(Path file, Consumer<Score> each) {
        ScoreCodec codec = new ScoreCodec();
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
                each.accept(codec.decode(bytes));
                first = count == 0 ? nanos : first;
                last = nanos;
                count++;
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("the scores in " + file + " cannot be read", exception);
        } catch (MalformedRecordException exception) {
            throw new IllegalStateException("the scores in " + file + " cannot be decoded", exception);
        }
        return count < 2 ? Double.NaN : (last - first) * 1e-9 / (count - 1) * 10_000;
    }
}
