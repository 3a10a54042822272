package dev.noether.lab.chaos.fault;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.lab.chaos.service.Patiently;
import dev.noether.lab.chaos.service.Services;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Announcements of models whose files are no models. */
final class ReleaseFaults {
    private final Services services;
    private final SteadyLoad load;

    ReleaseFaults(Services services, SteadyLoad load) {
        this.services = services;
        this.load = load;
    }

    /** Announces the next version with a file that is missing, cut short, random, or not the announced one. */
    void announceBadFile(Random random) throws IOException, InterruptedException {
        DetectorConfig config = services.config();
        List<ModelRelease> known = Patiently.ask(new ReleaseTopic(config)::read);
        if (known.isEmpty()) {
            throw new IOException("no model is announced yet");
        }
        ModelRelease newest = known.get(known.size() - 1);
        long version = newest.version() + 1;
        Path good = Path.of(URI.create(known.get(0).artifact().uri()));
        Path file = good.resolveSibling("bad-" + version + ".model");
        ReleasedArtifact artifact = artifact(random.nextInt(4), good, file, random);
        ModelRelease release = new ModelRelease(
                newest.detector(),
                version,
                artifact,
                newest.featureSchemaFingerprint(),
                load.nextEventTime()
                        + config.retraining().schedule().activationDelay().toMillis(),
                newest.stage(),
                System.currentTimeMillis(),
                newest.calibration(),
                newest.provenance());
        send(config, release);
    }

    private static ReleasedArtifact artifact(int form, Path good, Path file, Random random) throws IOException {
        byte[] content = Files.readAllBytes(good);
        byte[] announced;
        switch (form) {
            case 0 -> announced = content;
            case 1 -> {
                announced = Arrays.copyOf(content, content.length / 2);
                Files.write(file, announced);
            }
            case 2 -> {
                announced = new byte[1000 + random.nextInt(1000)];
                random.nextBytes(announced);
                Files.write(file, announced);
            }
            default -> {
                announced = content;
                byte[] changed = content.clone();
                changed[changed.length / 2] ^= 1;
                Files.write(file, changed);
            }
        }
        return new ReleasedArtifact(file.toUri().toString(), sha256(announced), announced.length);
    }

    private static void send(DetectorConfig config, ModelRelease release) throws IOException, InterruptedException {
        Properties properties = config.kafka().clientProperties();
        byte[] key = (release.detector() + "/" + release.version()).getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release)))
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the release could not be announced: " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
