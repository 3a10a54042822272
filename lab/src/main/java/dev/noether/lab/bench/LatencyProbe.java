package dev.noether.lab.bench;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends observations at a steady rate and reads their scores in another thread. The topics have one partition, so that
 * an observation has the offset that it was sent with. Not thread-safe.
 */
final class LatencyProbe implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS = 1e9;
    private static final long SHORTEST_PAUSE = 200_000;

    private final String observations;
    private final SyntheticObservations rows;
    private final SourceRecords format;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long sent;

    LatencyProbe(DetectorConfig config, SyntheticObservations rows, boolean isCommitted) {
        this.observations = config.topics().observations();
        this.rows = rows;
        this.format = new SourceRecords(BenchmarkSource.NOETHER, config.features());
        String servers = config.kafka().bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ProducerConfig.LINGER_MS_CONFIG, 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isCommitted ? "read_committed" : "read_uncommitted",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> scores = List.of(new TopicPartition(config.topics().scores(), 0));
        consumer.assign(scores);
        consumer.seekToBeginning(scores);
    }

    /**
     * What one pass measured.
     *
     * @param seconds time from the first record that was sent to the last score that was read
     * @param sendSeconds time in which the records were sent
     * @param sortedMillis latencies, the smallest first
     */
    record Pass(double seconds, double sendSeconds, double[] sortedMillis) {
        /** Returns the latency that a share of the records does not exceed. */
        double quantile(double share) {
            return sortedMillis[(int) Math.min(sortedMillis.length - 1L, (long) (share * sortedMillis.length))];
        }
    }

    /**
     * Sends records and reads all their scores.
     *
     * @param rate records a second; infinity for all at once
     */
    Pass pass(int records, double rate) throws Exception {
        long[] sentAt = new long[records];
        double[] millis = new double[records];
        long first = sent;
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> read(first, sentAt, millis));
        long begin = System.nanoTime();
        for (int i = 0; i < records; i++) {
            await(begin + (long) (i / rate * NANOS));
            Observation observation = rows.next();
            byte[] key = observation.entity().getBytes(StandardCharsets.UTF_8);
            byte[] value = format.encode(observation).get(0);
            sentAt[i] = System.nanoTime();
            producer.send(new ProducerRecord<>(observations, null, observation.eventTime(), key, value));
        }
        long sendEnd = System.nanoTime();
        sent += records;
        long end = reader.get();
        Arrays.sort(millis);
        return new Pass((end - begin) / NANOS, (sendEnd - begin) / NANOS, millis);
    }

    private static void await(long time) {
        for (long left = time - System.nanoTime(); left > SHORTEST_PAUSE; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private long read(long first, long[] sentAt, double[] millis) {
        OutputCodec<Score> codec = OutputCodec.scores();
        boolean[] seen = new boolean[millis.length];
        long end = System.nanoTime();
        for (int count = 0; count < millis.length; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                end = System.nanoTime();
                int index = Math.toIntExact(offset(codec, record) - first);
                if (index >= 0 && !seen[index]) {
                    seen[index] = true;
                    millis[index] = (end - sentAt[index]) / 1e6;
                    count++;
                }
            }
            if (System.nanoTime() - end > PATIENCE.toNanos()) {
                throw new IllegalStateException("no score for " + PATIENCE.toSeconds() + " s, " + count + " of "
                        + millis.length + " were read");
            }
        }
        return end;
    }

    private static long offset(OutputCodec<Score> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return codec.decode(record.value()).sourceOffset();
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("the job wrote a score that cannot be read", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
