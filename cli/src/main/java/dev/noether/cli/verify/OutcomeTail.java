package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Verdict;
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
 * Reads the scores and the rejected records as they become visible, as any consumer would, from the beginning of their topics
 * on, and takes the time. Runs in its own thread; thread-safe.
 */
public final class OutcomeTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSING_MILLIS = 1_000;

    private final Ledger ledger;
    private final String scoresTopic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicLong outcomes = new AtomicLong();
    private final AtomicLong scored = new AtomicLong();
    private final AtomicLong ledgerRows = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Durations latencies = new Durations();
    private volatile long firstScoredNanos;
    private volatile long lastLedgerNanos;
    private volatile boolean closed;

    private OutcomeTail(DetectorConfig config, Ledger ledger) {
        this.ledger = ledger;
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
     * Starts to read.
     *
     * @param ledger what was sent and when; rows that it does not know are counted and not timed
     */
    public static OutcomeTail start(DetectorConfig config, Ledger ledger) {
        OutcomeTail tail = new OutcomeTail(config, ledger);
        tail.thread.start();
        return tail;
    }

    /** Scores and rejected records seen. */
    public long outcomes() {
        return outcomes.get();
    }

    /** Scores seen that a model made. */
    public long scored() {
        return scored.get();
    }

    /** Outcomes seen of rows in the ledger. */
    public long ledgerRows() {
        return ledgerRows.get();
    }

    /** When the first score that a model made was seen, as {@link System#nanoTime}; 0 where none was. */
    public long firstScoredNanos() {
        return firstScoredNanos;
    }

    /** When the newest outcome of a row in the ledger was seen, as {@link System#nanoTime}; 0 where none was. */
    public long lastLedgerNanos() {
        return lastLedgerNanos;
    }

    /** How long it took from sending a row of the ledger until its outcome was seen, milliseconds; NaN where none was. */
    public double latencyMillis(double quantile) {
        synchronized (latencies) {
            return latencies.quantileMillis(quantile);
        }
    }

    /** What ended the reading; null while it goes on. */
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
        ScoreCodec codec = new ScoreCodec();
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    see(record, codec);
                }
            }
        } catch (WakeupException | InterruptException stopped) {
            // The way to stop.
        } catch (Exception exception) {
            failure.set(exception);
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record, ScoreCodec codec) throws MalformedRecordException {
        long now = System.nanoTime();
        if (record.topic().equals(scoresTopic)) {
            Score score = codec.decode(record.value());
            if (score.verdict() != Verdict.UNSCORED) {
                if (scored.getAndIncrement() == 0) {
                    firstScoredNanos = now;
                }
            }
            long age = ledger.age(score.sourcePartition(), score.sourceOffset(), now);
            if (age >= 0) {
                synchronized (latencies) {
                    latencies.add(age);
                }
                ledgerRows.incrementAndGet();
                lastLedgerNanos = now;
            }
        }
        outcomes.incrementAndGet();
    }
}
