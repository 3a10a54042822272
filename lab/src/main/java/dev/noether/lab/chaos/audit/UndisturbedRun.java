package dev.noether.lab.chaos.audit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.lab.chaos.load.ScoreWatch;
import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.lab.chaos.service.KeptModels;
import dev.noether.lab.chaos.service.Patiently;
import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.ServiceSettings;
import dev.noether.lab.chaos.service.Services;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.ReleasedArtifact;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The same records and releases in fresh services that nothing disturbs. Not thread-safe. */
public final class UndisturbedRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Services services;

    private UndisturbedRun(Services services) {
        this.services = services;
    }

    /** Starts a broker in an empty folder and copies the observations and the releases of another one. */
    public static UndisturbedRun copy(Services original, Path folder) {
        Services services = Services.startBroker(folder, ServiceSettings.defaults());
        try {
            DetectorConfig from = original.config();
            DetectorConfig to = services.config();
            copy(from, to, from.topics().observations(), null);
            copy(from, to, from.topics().models(), original.keptModels());
            return new UndisturbedRun(services);
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    /**
     * Scores all observations.
     *
     * @throws IllegalStateException if the services do not come to an end
     */
    public OutcomeIndex score(ObservationIndex observations, SteadyLoad load) throws InterruptedException {
        services.start(Service.JOB_MANAGER);
        services.start(Service.TASK_MANAGER);
        try (ScoreWatch watch = Patiently.ask(() -> new ScoreWatch(services.config(), load.hosts()))) {
            if (!watch.awaitOutcomes(observations.size(), PATIENCE)) {
                throw new IllegalStateException("the undisturbed run has only " + watch.outcomes() + " outcomes of "
                        + observations.size() + " observations; the logs are in " + services.logs());
            }
        }
        services.stopJob();
        return Patiently.ask(() -> OutcomeIndex.read(services.config(), observations));
    }

    @Override
    public void close() {
        services.close();
    }

    private static void copy(DetectorConfig from, DetectorConfig to, String topic, @Nullable KeptModels models) {
        Properties properties = to.kafka().clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            TopicReader.readAll(
                    from,
                    topic,
                    record -> producer.send(copied(record, models), (place, exception) -> {
                        if (exception != null) {
                            failure.compareAndSet(null, exception);
                        } else if (place.offset() != record.offset()) {
                            failure.compareAndSet(null, new IllegalStateException("another offset"));
                        }
                    }));
            producer.flush();
        }
        Exception cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the topic " + topic + " cannot be copied: " + cause.getMessage(), cause);
        }
    }

    private static ProducerRecord<byte[], byte[]> copied(
            ConsumerRecord<byte[], byte[]> record, @Nullable KeptModels models) {
        byte[] value = models == null ? record.value() : relocated(record.value(), models);
        return new ProducerRecord<>(record.topic(), record.partition(), record.timestamp(), record.key(), value);
    }

    /** The release with its file among the kept ones: the store may have lost it since. */
    private static byte[] relocated(byte[] bytes, KeptModels models) {
        ModelReleaseCodec codec = new ModelReleaseCodec();
        try {
            ModelRelease release = codec.decode(bytes);
            Path kept = models.of(Path.of(URI.create(release.artifact().uri())));
            ReleasedArtifact artifact = new ReleasedArtifact(
                    kept.toUri().toString(),
                    release.artifact().sha256(),
                    release.artifact().bytes());
            return codec.encode(new ModelRelease(
                    release.detector(),
                    release.version(),
                    artifact,
                    release.featureSchemaFingerprint(),
                    release.effectiveFrom(),
                    release.stage(),
                    release.announcedAt(),
                    release.calibration(),
                    release.provenance()));
        } catch (MalformedRecordException | IllegalArgumentException e) {
            return bytes;
        }
    }
}
