package dev.noether.lab.evaluate.detect;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes each record, encoded as it would go to Kafka, with the time at which it came, to a file: the way out of a job
 * that runs in this JVM without state that is shared. For one subtask.
 *
 * @param <T> what is written
 */
final class RecordFileSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Encoding<T> encoding;

    /** How a record becomes bytes. */
    @FunctionalInterface
    interface Encoding<T> extends Serializable {
        byte[] encode(T record);
    }

    RecordFileSink(Path file, Encoding<T> encoding) {
        this.file = file.toString();
        this.encoding = encoding;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(file)))), encoding);
    }

    private static final class Writer<T> implements SinkWriter<T> {
        private final DataOutputStream out;
        private final Encoding<T> encoding;

        Writer(DataOutputStream out, Encoding<T> encoding) {
            this.out = out;
            this.encoding = encoding;
        }

        @Override
        public void write(T record, Context context) throws IOException {
            byte[] bytes = encoding.encode(record);
            out.writeLong(System.nanoTime());
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
