package dev.noether.lab.evaluate.detect;

import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of many entities in the order of their times, as a source of observations for one subtask. They lie in a file,
 * so that Flink copies no rows. The offset of a row is its place among the test rows of its entity; the rows before its
 * test have negative ones.
 */
final class MergedRows implements GeneratorFunction<Long, IngestResult> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int width;
    private final long count;
    private transient @Nullable DataInputStream in;

    private MergedRows(Path file, int width, long count) {
        this.file = file.toString();
        this.width = width;
        this.count = count;
    }

    /** One entity on the way. */
    private static final class Cursor {
        private final EvaluationSeries series;
        private int next;

        Cursor(EvaluationSeries series) {
            this.series = series;
        }

        private boolean isTraining() {
            return next < series.train().length();
        }

        private TimedRows part() {
            return isTraining() ? series.train() : series.test();
        }

        private int place() {
            return isTraining() ? next : next - series.train().length();
        }

        boolean isAtEnd() {
            return next == series.train().length() + series.test().length();
        }

        long time() {
            return part().times()[place()];
        }

        void write(DataOutputStream out) throws IOException {
            TimedRows rows = part();
            int place = place();
            out.writeUTF(series.name());
            out.writeLong(rows.times()[place]);
            out.writeInt(next - series.train().length());
            for (int i = place * rows.width(); i < (place + 1) * rows.width(); i++) {
                out.writeDouble(rows.observed()[i]);
            }
            next++;
        }
    }

    /**
     * Writes the training rows and then the test rows of entities to a file.
     *
     * @param entities at least one, all of the same width
     */
    static MergedRows write(Path file, List<EvaluationSeries> entities) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparingLong(Cursor::time));
        entities.stream().map(Cursor::new).filter(one -> !one.isAtEnd()).forEach(cursors::add);
        long count = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Cursor first = cursors.poll(); first != null; first = cursors.poll()) {
                first.write(out);
                count++;
                if (!first.isAtEnd()) {
                    cursors.add(first);
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("the rows cannot be written to " + file, exception);
        }
        return new MergedRows(file, entities.get(0).width(), count);
    }

    long count() {
        return count;
    }

    /** Flink asks for the rows of a subtask in order. */
    @Override
    public IngestResult map(Long index) throws IOException {
        DataInputStream rows = in;
        if (rows == null) {
            rows = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))));
            in = rows;
        }
        String entity = rows.readUTF();
        long time = rows.readLong();
        int offset = rows.readInt();
        double[] values = new double[width];
        for (int i = 0; i < width; i++) {
            values[i] = rows.readDouble();
        }
        if (index == count - 1) {
            rows.close();
        }
        return new ObservationRow(entity, time, 0, offset, values);
    }
}
