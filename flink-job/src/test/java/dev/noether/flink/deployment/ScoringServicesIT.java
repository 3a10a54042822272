package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scoring job and the retraining job as docker-compose.yml starts them: from the job jar and the flink-lib folder, each
 * service a process. A model is trained while the job runs, a task manager is killed, and every observation has its score.
 */
@Timeout(400)
class ScoringServicesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int ENTITIES = 20;
    private static final int ROUNDS = 300;
    private static final int OBSERVATIONS = ENTITIES * ROUNDS;
    private static final long STEP_MILLISECONDS = 5_000;

    private final DetectorConfig detector = DetectorConfig.load(ProjectFiles.file("deploy/detector.yaml"));
    private final long start = Instant.now().minus(Duration.ofHours(5)).toEpochMilli();
    private final Set<Long> versions = new TreeSet<>();

    @TempDir
    private Path folder;

    @Test
    void everyObservationIsScoredOnceThoughATaskManagerIsKilled() {
        ComposeFile compose = ComposeFile.read(ProjectFiles.file("docker-compose.yml"));
        try (ProcessStack stack = ProcessStack.create(folder, compose)) {
            stack.setEnvironment("NOETHER_RETRAIN_FIRST", "0");
            stack.setEnvironment("NOETHER_RETRAIN_RUNS", "1");
            ServicesIT.createTopics(stack, stack.startKafka());
            observe(stack, 0);
            ChildProcess jobManager = stack.start("jobmanager");
            ChildProcess taskManager = stack.start("taskmanager");
            stack.awaitHealthy("jobmanager", jobManager, PATIENCE);
            try (CommittedRecords scores = new CommittedRecords(
                    stack.bootstrapServers(), detector.topics().scores(), this::identity)) {
                ServicesIT.await(scores, OBSERVATIONS, taskManager);
                assertThat(versions).containsExactly(Score.NO_MODEL);

                retrain(stack);
                awaitFirstModel(stack, scores, taskManager);
                int before = scores.counts().size();
                taskManager.kill();
                observe(stack, before / OBSERVATIONS);
                taskManager = stack.start("taskmanager");
                ServicesIT.await(scores, before + OBSERVATIONS, taskManager);

                scores.readFor(Duration.ofSeconds(3));
                assertThat(scores.doubled()).isEmpty();
                assertThat(scores.counts()).hasSize(before + OBSERVATIONS);
            }
        }
    }

    private static void retrain(ProcessStack stack) {
        ChildProcess retrainer = stack.start("retrainer");
        if (retrainer.awaitExit(PATIENCE) != 0) {
            throw retrainer.failure("trained no model");
        }
    }

    /** The job may still be fetching the model when the next observations come: a few rounds of them are given to it. */
    private void awaitFirstModel(ProcessStack stack, CommittedRecords scores, ChildProcess taskManager) {
        for (int part = 1; part <= 5; part++) {
            observe(stack, part);
            ServicesIT.await(scores, (part + 1) * OBSERVATIONS, taskManager);
            if (versions.contains(1L)) {
                return;
            }
        }
        throw taskManager.failure("never scored with the first model, only with " + versions);
    }

    private String identity(byte[] bytes) {
        try {
            Score score = new ScoreCodec().decode(bytes);
            versions.add(score.modelVersion());
            return score.sourcePartition() + "/" + score.sourceOffset();
        } catch (MalformedRecordException e) {
            throw new AssertionError("a score that is none", e);
        }
    }

    /** Sends one part of the stream: {@value #ROUNDS} rounds of all entities, each entity on waves of its own. */
    private void observe(ProcessStack stack, int part) {
        ObservationCodec codec = new ObservationCodec();
        long fingerprint = detector.features().fingerprint();
        int width = detector.features().names().size();
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers(), ProducerConfig.ACKS_CONFIG, "all");
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
