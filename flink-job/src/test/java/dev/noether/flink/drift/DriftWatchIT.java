package dev.noether.flink.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch reads the scores topic of a real broker, a sample of each part of the period. */
class DriftWatchIT {
    private static final long START = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final int HOSTS = 10;
    private static final Duration PERIOD = Duration.ofMinutes(30);

    @TempDir
    private static Path directory;

    @Test
    void aDriftIsSeenInTheTopicAndTheNextModelIsJudgedByItsOwnScores() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("watch"), 0)) {
            DetectorConfig config = DetectorConfig.withDefaults("fleet", TestingModels.features(2))
                    .withBootstrap(broker.bootstrapServers());
            TopicSetup.create(config, 3, (short) 1);
            DriftWatch watch = new DriftWatch(config, PERIOD);
            assertThat(watch.look(release(1, START)).sentence()).isEqualTo("there are no scores");

            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int second = 0; second < 7_200; second += 5) {
                for (int host = 0; host < HOSTS; host++) {
                    boolean isChanged = second > 5_000 && random.nextDouble() < 0.6;
                    records.add(record(
                            config,
                            "host-" + host,
                            START + second * SECOND,
                            random.nextDouble() * (isChanged ? 0.05 : 1)));
                }
            }
            // A clock that is a day ahead.
            records.add(record(config, "host-0", START + Duration.ofDays(1).toMillis(), 0.5));
            TestingKafka.send(broker.bootstrapServers(), records);

            DriftFinding finding = watch.look(release(1, START));
            assertThat(finding.kind()).as(finding.sentence()).isEqualTo(DriftFinding.Kind.DRIFT);
            assertThat(finding.shiftedEntities()).isEqualTo(HOSTS);
            assertThat(watch.look(release(2, START + 5_000 * SECOND)).kind())
                    .as("no score is of model 2")
                    .isEqualTo(DriftFinding.Kind.UNKNOWN);
            DriftFinding young = watch.look(release(1, START + 6_000 * SECOND));
            assertThat(young.sentence()).isEqualTo("model 1 has not scored for 7 times PT5M yet");
        }
    }

    /** In a replay the markers of the transactions, with the time of the broker's clock, are newer than all scores. */
    @Tag("long")
    @Test
    void aDriftIsSeenInScoresThatWereWrittenInTransactionsLongAfterTheirTimes() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("replay"), 0)) {
            DetectorConfig config = DetectorConfig.withDefaults("fleet", TestingModels.features(2))
                    .withBootstrap(broker.bootstrapServers());
            TopicSetup.create(config, 1, (short) 1);
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "scores");
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.initTransactions();
                for (int minute = 0; minute < 120; minute++) {
                    producer.beginTransaction();
                    for (int i = 0; i < 60 * HOSTS; i++) {
                        boolean isChanged = minute > 80 && random.nextDouble() < 0.6;
                        long time = START + (minute * 60L + i / HOSTS) * SECOND;
                        producer.send(record(
                                config, "host-" + i % HOSTS, time, random.nextDouble() * (isChanged ? 0.05 : 1)));
                    }
                    producer.commitTransaction();
                }
            }
            DriftFinding finding = new DriftWatch(config, PERIOD).look(release(1, START));
            assertThat(finding.kind()).as(finding.sentence()).isEqualTo(DriftFinding.Kind.DRIFT);
            assertThat(finding.shiftedEntities()).isEqualTo(HOSTS);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            DetectorConfig config, String entity, long time, double pValue) {
        Score score = DriftJudgeTest.score(entity, time, pValue, List.of());
        return new ProducerRecord<>(
                config.topics().scores(),
                null,
                time,
                entity.getBytes(StandardCharsets.UTF_8),
                new ScoreCodec().encode(score));
    }

    private static ModelRelease release(long version, long effectiveFrom) {
        return new ModelRelease(
                "fleet",
                version,
                new ReleasedArtifact("file:///none", "ab", 1),
                1,
                effectiveFrom,
                ReleaseStage.CHAMPION,
                1,
                new ReleaseCalibration(0.99, 1, 1),
                Map.of());
    }
}
