package dev.noether.flink.job;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes each record to a file, encoded as it would go to Kafka, in hexadecimal digits on a line of its own. For one
 * subtask.
 *
 * @param <T> what is written
 */
final class HexSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Encoding<T> encoding;

    /** How a record becomes bytes. */
    @FunctionalInterface
    interface Encoding<T> extends Serializable {
        byte[] encode(T record);
    }

    HexSink(Path file, Encoding<T> encoding) {
        this.file = file.toString();
        this.encoding = encoding;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer<>(Files.newBufferedWriter(Path.of(file)), encoding);
    }

    private static final class Writer<T> implements SinkWriter<T> {
        private final BufferedWriter out;
        private final Encoding<T> encoding;

        Writer(BufferedWriter out, Encoding<T> encoding) {
            this.out = out;
            this.encoding = encoding;
        }

        @Override
        public void write(T record, Context context) throws IOException {
            out.write(HexFormat.of().formatHex(encoding.encode(record)));
            out.write('\n');
            // Who waits for a record reads the file.
            out.flush();
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
