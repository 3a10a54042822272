package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The clocks of partitions in the splits of a checkpoint. */
class ClockedSourceTest {
    private static final TopicPartition PARTITION = new TopicPartition("telemetry", 3);
    private static final long MINUTE = 60_000;

    private final ClockedSplitSerializer serializer = new ClockedSplitSerializer();

    @Test
    void aPartitionTakesItsClockToAnotherSubtask() throws Exception {
        PartitionClocks clocks = new PartitionClocks();
        ClockedReader<String> first = new ClockedReader<>(new SplitsAlone(), clocks);
        first.addSplits(List.of(new KafkaPartitionSplit(PARTITION, 17, 40)));
        for (int minute = 0; minute < 9; minute++) {
            clocks.of(PARTITION).observe("a", minute * MINUTE);
        }
        KafkaPartitionSplit saved = first.snapshotState(1).get(0);
        KafkaPartitionSplit stored = serializer.deserialize(serializer.getVersion(), serializer.serialize(saved));
        PartitionClocks others = new PartitionClocks();
        ClockedReader<String> second = new ClockedReader<>(new SplitsAlone(), others);
        second.addSplits(List.of(stored));
        assertThat(others.of(PARTITION).reached()).isEqualTo(8 * MINUTE);
        assertThat(second.snapshotState(2)).containsExactly(new KafkaPartitionSplit(PARTITION, 17, 40));
    }

    /** A checkpoint of an earlier version has splits without clocks. */
    @Test
    void splitsWithoutAClockAreRead() throws Exception {
        KafkaPartitionSplit split = new KafkaPartitionSplit(PARTITION, 17);
        KafkaPartitionSplitSerializer before = new KafkaPartitionSplitSerializer();
        assertThat(serializer.deserialize(before.getVersion(), before.serialize(split)))
                .isEqualTo(split);
        KafkaPartitionSplit assigned = serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
        assertThat(assigned.getStoppingOffset()).isEmpty();
        PartitionClocks clocks = new PartitionClocks();
        new ClockedReader<>(new SplitsAlone(), clocks).addSplits(List.of(assigned));
        assertThat(clocks.of(PARTITION).reached()).isEqualTo(Long.MIN_VALUE);
    }

    /** A reader that has splits and reads nothing. */
    private static final class SplitsAlone implements SourceReader<String, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<String> output) {
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> added) {
            splits.addAll(added);
        }

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
