package dev.noether.flink.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader of Kafka whose splits carry the clocks of their partitions: into checkpoints, and to another subtask after a
 * restart. Flink calls it by one thread, which also makes the records.
 *
 * @param <T> type of the records
 */
final class ClockedReader<T> implements SourceReader<T, KafkaPartitionSplit> {
    private final SourceReader<T, KafkaPartitionSplit> reader;
    private final PartitionClocks clocks;

    ClockedReader(SourceReader<T, KafkaPartitionSplit> reader, PartitionClocks clocks) {
        this.reader = reader;
        this.clocks = clocks;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        try {
            for (KafkaPartitionSplit split : splits) {
                if (split instanceof ClockedSplit clocked) {
                    clocks.restore(clocked.getTopicPartition(), clocked.clock());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the clock of a partition cannot be restored", e);
        }
        reader.addSplits(splits);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        List<KafkaPartitionSplit> clocked = new ArrayList<>();
        try {
            for (KafkaPartitionSplit split : reader.snapshotState(checkpoint)) {
                clocked.add(new ClockedSplit(split, clocks.save(split.getTopicPartition())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the clock of a partition cannot be saved", e);
        }
        return clocked;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return reader.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {
        reader.pauseOrResumeSplits(paused, resumed);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
