package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of scores and rejected records from the beginning, as a read_committed consumer, and measures the
 * latency. It runs in its own thread. Thread-safe.
 */
public final class OutcomeMonitor implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSING_MILLIS = 1_000;

    private final DeliveryLog deliveries;
    private final String scoresTopic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicLong outcomes = new AtomicLong();
    private final AtomicLong scores = new AtomicLong();
    private final AtomicLong deliveredRows = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Durations latencies = new Durations();
    private volatile long firstScoreNanos;
    private volatile long lastDeliveryNanos;
    private volatile boolean closed;

    private OutcomeMonitor(DetectorConfig config, DeliveryLog deliveries) {
        this.deliveries = deliveries;
        this.scoresTopic = config.topics().scores();
        this.consumer = TopicReader.consumer(config);
        List<TopicPartition> partitions = new ArrayList<>(TopicReader.partitions(consumer, scoresTopic));
        partitions.addAll(TopicReader.partitions(consumer, config.topics().rejected()));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = new Thread(this::run, "outcomes");
        thread.setDaemon(true);
    }

    /**
     * Starts the reading thread.
     *
     * @param config configuration of the detector
     * @param deliveries send time of the live rows; other rows are counted but not timed
     */
    public static OutcomeMonitor start(DetectorConfig config, DeliveryLog deliveries) {
        OutcomeMonitor monitor = new OutcomeMonitor(config, deliveries);
        monitor.thread.start();
        return monitor;
    }

    /** The number of score records and rejected records. */
    public long outcomes() {
        return outcomes.get();
    }

    /** The number of scores by a model. */
    public long scores() {
        return scores.get();
    }

    /** The number of score records of rows in the delivery log. */
    public long deliveredRows() {
        return deliveredRows.get();
    }

    /** The time at which the first score by a model was read, as {@link System#nanoTime}; 0 before that. */
    public long firstScoreNanos() {
        return firstScoreNanos;
    }

    /**
     * The time at which the last score record of a row in the delivery log was read, as {@link System#nanoTime}; 0
     * before that.
     */
    public long lastDeliveryNanos() {
        return lastDeliveryNanos;
    }

    /**
     * A quantile of the time from the send of a row until its score record was read, milliseconds; NaN if there is
     * none.
     */
    public double latencyMillis(double quantile) {
        synchronized (latencies) {
            return latencies.quantileMillis(quantile);
        }
    }

    /** The exception that ended the reading thread; null if there is none. */
    public @Nullable Exception failure() {
        return failure.get();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        OutputCodec<Score> codec = OutputCodec.scores();
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count(record, codec);
                }
            }
        } catch (WakeupException | InterruptException stopped) {
            // close() ends the thread this way.
        } catch (Exception exception) {
            failure.set(exception);
        }
    }

    private void count(ConsumerRecord<byte[], byte[]> record, OutputCodec<Score> codec)
            throws MalformedRecordException {
        long now = System.nanoTime();
        if (record.topic().equals(scoresTopic)) {
            Score score = codec.decode(record.value());
            if (score.verdict() != Verdict.UNSCORED) {
                if (scores.getAndIncrement() == 0) {
                    firstScoreNanos = now;
                }
            }
            long age = deliveries.age(score.sourcePartition(), score.sourceOffset(), now);
            if (age >= 0) {
                synchronized (latencies) {
                    latencies.add(age);
                }
                deliveredRows.incrementAndGet();
                lastDeliveryNanos = now;
            }
        }
        outcomes.incrementAndGet();
    }
}
