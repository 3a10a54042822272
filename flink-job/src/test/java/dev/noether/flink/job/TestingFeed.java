package dev.noether.flink.job;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Entities that report ten times a second, by the clock of this machine, until they are stopped. */
final class TestingFeed implements AutoCloseable {
    private static final long TICK_MILLIS = 100;

    private final DetectorConfig config;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final RandomGenerator random = new SplittableRandom(5);
    private volatile Tick ticker = TestingFeed::nothing;

    /** Sends the records of one tick. */
    @FunctionalInterface
    interface Tick {
        /** The ticks are numbered. */
        void send(TestingFeed feed, long number);
    }

    TestingFeed(DetectorConfig config) {
        this.config = config;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.kafka().bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        long[] number = new long[1];
        executor.scheduleAtFixedRate(() -> ticker.send(this, number[0]++), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is sent from now on. */
    void set(Tick next) {
        ticker = next;
    }

    /** Sends nothing from now on. */
    void pause() {
        ticker = TestingFeed::nothing;
    }

    /** A tick in which each of some entities reports usual values, now. */
    static Tick usual(int entities) {
        return (feed, number) -> {
            for (int i = 0; i < entities; i++) {
                feed.observe("host-" + i, System.currentTimeMillis(), feed.values());
            }
        };
    }

    /** Usual values: small, around 0. */
    float[] values() {
        float[] values = new float[config.features().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.01f;
        }
        return values;
    }

    void observe(String entity, long time, float[] values) {
        Observation observation = new Observation(
                entity, time, new Features.Positional(config.features().fingerprint(), values));
        send(entity, new ObservationCodec().encode(observation));
    }

    void send(String key, byte[] value) {
        producer.send(
                new ProducerRecord<>(config.topics().observations(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        producer.close();
    }

    private static void nothing(TestingFeed feed, long number) {}
}
