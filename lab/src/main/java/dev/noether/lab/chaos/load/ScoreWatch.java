package dev.noether.lab.chaos.load;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed scores and rejected records while the services run, and knows how far the observations of the
 * steady load are scored. Outlives outages of the broker. Thread-safe.
 */
public final class ScoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreWatch.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 50;

    private final DetectorConfig config;
    private final Set<String> hosts;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Long> newestByPartition = new ConcurrentHashMap<>();
    private final AtomicLong outcomes = new AtomicLong();
    private final Thread thread = new Thread(this::run, "score-watch");
    private volatile boolean closed;

    /**
     * Starts to read both topics from their beginning.
     *
     * @param hosts the servers of the steady load; other entities say nothing about a recovery
     */
    public ScoreWatch(DetectorConfig config, List<String> hosts) {
        this.config = config;
        this.hosts = Set.copyOf(hosts);
        consumer = TopicReader.consumer(config);
        List<TopicPartition> partitions =
                new ArrayList<>(TopicReader.partitions(consumer, config.topics().scores()));
        partitions.addAll(TopicReader.partitions(consumer, config.topics().rejected()));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    /** Committed scores and rejected records so far. */
    public long outcomes() {
        return outcomes.get();
    }

    /**
     * Waits until each partition has a committed score of an observation at or after an event time.
     *
     * @return whether that came before the time was over
     */
    public boolean awaitScored(long eventTime, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isScored(eventTime)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /**
     * Waits until there are so many outcomes.
     *
     * @return whether they came before nothing had come for the given time
     */
    public boolean awaitOutcomes(long count, Duration patience) throws InterruptedException {
        long last = -1;
        long deadline = 0;
        while (outcomes() < count) {
            if (outcomes() != last) {
                last = outcomes();
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isScored(long eventTime) {
        return !newestByPartition.isEmpty()
                && newestByPartition.values().stream().allMatch(newest -> newest >= eventTime);
    }

    private void run() {
        OutputCodec<Score> codec = OutputCodec.scores();
        while (!closed) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count(codec, record);
                }
            } catch (WakeupException stopped) {
                break;
            } catch (KafkaException e) {
                LOG.info("The scores cannot be read at the moment: {}", e.getMessage());
            }
        }
        consumer.close();
    }

    private void count(OutputCodec<Score> codec, ConsumerRecord<byte[], byte[]> record) {
        outcomes.incrementAndGet();
        if (!record.topic().equals(config.topics().scores())) {
            return;
        }
        try {
            Score score = codec.decode(record.value());
            if (hosts.contains(score.entity())) {
                newestByPartition.merge(score.sourcePartition(), score.eventTime(), Math::max);
            }
        } catch (MalformedRecordException e) {
            LOG.warn("{}-{} offset {} is no score", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
