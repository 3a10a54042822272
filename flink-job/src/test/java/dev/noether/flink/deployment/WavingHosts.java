package dev.noether.flink.deployment;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A stream of observations of a few hosts whose features are smooth waves. */
final class WavingHosts {
    private static final int ENTITIES = 20;
    private static final int ROUNDS = 300;
    private static final long STEP_MILLISECONDS = 5_000;

    /** Observations in one part of the stream. */
    static final int OBSERVATIONS = ENTITIES * ROUNDS;

    private final DetectorConfig detector;
    private final long start = Instant.now().minus(Duration.ofHours(5)).toEpochMilli();

    WavingHosts(DetectorConfig detector) {
        this.detector = detector;
    }

    /** Sends one part of the stream: {@value #ROUNDS} rounds of all entities, each entity on waves of its own. */
    void observe(String bootstrapServers, int part) {
        ObservationCodec codec = new ObservationCodec();
        long fingerprint = detector.features().fingerprint();
        int width = detector.features().names().size();
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int round = part * ROUNDS; round < (part + 1) * ROUNDS; round++) {
                for (int entity = 0; entity < ENTITIES; entity++) {
                    String name = "host-" + entity;
                    float[] values = new float[width];
                    for (int i = 0; i < width; i++) {
                        values[i] = (float)
                                (10 + i + Math.sin(0.1 * round + entity + i) + 0.1 * Math.cos(7.3 * round * (i + 1)));
                    }
                    Observation observation = new Observation(
                            name, start + round * STEP_MILLISECONDS, new Features.Positional(fingerprint, values));
                    producer.send(new ProducerRecord<>(
                            detector.topics().observations(),
                            name.getBytes(StandardCharsets.UTF_8),
                            codec.encode(observation)));
                }
            }
        }
    }
}
