package dev.noether.flink.job;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory as the source of one subtask, always with the first one first: it keeps no place in a checkpoint.
 * Event time advances behind fixed records, not when a clock says so: each run sees the same watermarks at the same
 * places.
 *
 * @param <T> what is read
 */
final class RecordedSource<T> implements Source<T, RecordedSource.Split, Boolean> {
    private static final long serialVersionUID = 1L;
    private static final int RECORDS_PER_WATERMARK = 16;

    private final byte[][] records;
    private final Decoder<T> decoder;
    private final boolean ends;

    /** Makes a record of what was recorded. */
    @FunctionalInterface
    interface Decoder<T> extends Serializable {
        T decode(int index, byte[] bytes);

        /** The event time that is over behind a record; {@link Long#MIN_VALUE} where it has none. */
        default long over(T record) {
            return Long.MIN_VALUE;
        }
    }

    /** There are none. */
    static final class Split implements SourceSplit {
        @Override
        public String splitId() {
            return "";
        }
    }

    /**
     * Makes a source.
     *
     * @param records in order
     * @param decoder reads them
     * @param ends whether the source ends behind the last one; else it falls silent
     */
    RecordedSource(List<byte[]> records, Decoder<T> decoder, boolean ends) {
        this.records = records.toArray(new byte[0][]);
        this.decoder = decoder;
        this.ends = ends;
    }

    /** A source of nothing. */
    static <T> RecordedSource<T> empty(boolean ends) {
        return new RecordedSource<>(
                List.of(),
                (index, bytes) -> {
                    throw new IllegalStateException("there is no record " + index);
                },
                ends);
    }

    @Override
    public Boundedness getBoundedness() {
        return ends ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, Split> createReader(SourceReaderContext context) {
        return new Reader();
    }

    @Override
    public SplitEnumerator<Split, Boolean> createEnumerator(SplitEnumeratorContext<Split> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<Split, Boolean> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Boolean checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new Nothing<>(new Split());
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new Nothing<>(true);
    }

    private final class Reader implements SourceReader<T, Split> {
        private final CompletableFuture<Void> never = new CompletableFuture<>();
        private int next;
        private long over = Long.MIN_VALUE;

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (next == records.length) {
                return ends ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            T record = decoder.decode(next, records[next]);
            output.collect(record);
            over = Math.max(over, decoder.over(record));
            next++;
            if (next % RECORDS_PER_WATERMARK == 0 || next == records.length) {
                output.emitWatermark(new Watermark(over));
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return next < records.length || ends ? CompletableFuture.completedFuture(null) : never;
        }

        @Override
        public List<Split> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public void start() {}

        @Override
        public void addSplits(List<Split> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<Split, Boolean> {
        @Override
        public Boolean snapshotState(long checkpointId) {
            return true;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {}

        @Override
        public void addSplitsBack(List<Split> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public void close() {}
    }

    /** Writes no bytes, and reads always the same. */
    private static final class Nothing<T> implements SimpleVersionedSerializer<T> {
        private final T value;

        Nothing(T value) {
            this.value = value;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T object) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] serialized) {
            return value;
        }
    }
}
