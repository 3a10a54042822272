package dev.noether.cli.tail;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Reads the newest committed records of a topic, then those that follow. Not thread safe. */
final class TailReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Offsets of each partition that are read first; if they have too few records, eight times as many. */
    private static final long FIRST_OFFSETS = 2_000;

    private static final int MORE = 8;
    /** Greatest number of offsets of a partition that are searched without a time to begin at. */
    static final long MOST_OFFSETS = 1_024_000;

    private static final Comparator<TailEntry> BY_TIME = Comparator.comparingLong(TailEntry::time);

    /** Time until a new partition is followed. */
    private static final Duration NEW_PARTITIONS = Duration.ofSeconds(2);

    private final String topic;
    private final TailView view;
    private final Consumer<String> problems;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;

    /**
     * Connects to Kafka.
     *
     * @param topic the topic, which exists
     * @param view the records to show
     * @param problems receives a line for each record that cannot be read
     */
    TailReader(DetectorConfig config, String topic, TailView view, Consumer<String> problems) {
        this.view = view;
        this.problems = problems;
        this.topic = topic;
        consumer = TopicReader.followingConsumer(config, NEW_PARTITIONS);
        partitions = new ArrayList<>(TopicReader.partitions(consumer, topic));
        begins = consumer.beginningOffsets(partitions);
        ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
    }

    /** Whether the topic has no records. */
    boolean isEmpty() {
        return begins.equals(ends);
    }

    /** Shows the newest records that there are, in the order of their times; returns how many. */
    int past(TailOptions options, Consumer<String> out) {
        if (options.since() != null) {
            return since(options, out);
        }
        long offsets = FIRST_OFFSETS;
        PriorityQueue<TailEntry> newest = read(begin(offsets), options.most());
        while (newest.size() < options.most() && offsets < MOST_OFFSETS && !isAtBeginning(offsets)) {
            offsets *= MORE;
            newest = read(begin(offsets), options.most());
        }
        return show(newest, out);
    }

    private int since(TailOptions options, Consumer<String> out) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, options.oldest())));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = found.get(partition);
            starts.put(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
        }
        if (options.most() < Integer.MAX_VALUE) {
            return show(read(starts, options.most()), out);
        }
        int[] count = {0};
        seek(starts);
        TopicReader.readUntil(
                consumer,
                ends,
                record -> take(record, entry -> {
                    out.accept(entry.line().get());
                    count[0]++;
                }));
        return count[0];
    }

    private Map<TopicPartition, Long> begin(long offsets) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach(
                (partition, end) -> starts.put(partition, Math.max(begins.getOrDefault(partition, 0L), end - offsets)));
        return starts;
    }

    private boolean isAtBeginning(long offsets) {
        return begin(offsets).equals(begins);
    }

    private void seek(Map<TopicPartition, Long> starts) {
        starts.forEach(consumer::seek);
    }

    /** Returns the newest records from given offsets on, the oldest of them first. */
    private PriorityQueue<TailEntry> read(Map<TopicPartition, Long> starts, int most) {
        PriorityQueue<TailEntry> newest = new PriorityQueue<>(BY_TIME);
        seek(starts);
        TopicReader.readUntil(
                consumer,
                ends,
                record -> take(record, entry -> {
                    newest.add(entry);
                    if (newest.size() > most) {
                        newest.remove();
                    }
                }));
        return newest;
    }

    private static int show(PriorityQueue<TailEntry> newest, Consumer<String> out) {
        List<TailEntry> sorted = new ArrayList<>(newest);
        sorted.sort(BY_TIME);
        sorted.forEach(entry -> out.accept(entry.line().get()));
        return sorted.size();
    }

    /** Shows the records that arrive within the next moment, those of new partitions too. */
    void next(Consumer<String> out) {
        addNewPartitions();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record, entry -> out.accept(entry.line().get()));
        }
    }

    /** Does not ask Kafka: the consumer learns of new partitions while it polls. */
    private void addNewPartitions() {
        List<TopicPartition> now = TopicReader.partitions(consumer, topic);
        if (now.size() > partitions.size()) {
            List<TopicPartition> added =
                    now.stream().filter(one -> !partitions.contains(one)).toList();
            partitions.addAll(added);
            consumer.assign(partitions);
            consumer.seekToBeginning(added);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Consumer<TailEntry> receiver) {
        try {
            TailEntry entry = view.entry(record);
            if (entry != null) {
                receiver.accept(entry);
            }
        } catch (MalformedRecordException e) {
            problems.accept(record.topic() + " partition " + record.partition() + " offset " + record.offset()
                    + " cannot be read: " + Printable.text(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(1));
    }
}
