package dev.noether.flink.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.ingest.ObservationLimits;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.wire.WireTypes;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Severity;
import dev.noether.schemas.ShapeDifference;
import dev.noether.schemas.ShapeFinding;
import dev.noether.schemas.StuckFeature;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The largest records of a detector with 600 features, all names of the greatest length, through a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LargestRecordsIT {
    private static final String LONG_NAME = "€".repeat(1_000);
    private static final String ENTITY = "€".repeat(ObservationLimits.LONGEST_ENTITY);
    private static final DetectorConfig CONFIG = config();

    @TempDir
    private Path folder;

    @Tag("long")
    @Test
    void theTopicsAndTheSinksTakeTheLargestRecords() throws Exception {
        Score score = score();
        Incident incident = incident();
        ModelRelease release = release();
        assertThat(new ScoreCodec().encode(score).length)
                .isGreaterThan(5_000_000)
                .isLessThanOrEqualTo(RecordSizes.score(CONFIG));
        assertThat(new IncidentCodec().encode(incident).length).isLessThanOrEqualTo(RecordSizes.incident(CONFIG));
        assertThat(new ModelReleaseCodec().encode(release).length).isLessThanOrEqualTo(RecordSizes.release(CONFIG));

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            DetectorConfig config = CONFIG.withBootstrap(broker.bootstrapServers());
            TopicSetup.create(config, 1, (short) 1);
            TopicCheck.forScoring(config);
            Configuration settings = new Configuration();
            settings.set(PipelineOptions.GENERIC_TYPES, false);
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
            environment.setParallelism(1);
            environment.enableCheckpointing(200);
            KafkaSinks sinks = new KafkaSinks(config);
            environment.fromData(WireTypes.SCORE, score).sinkTo(sinks.scores());
            environment.fromData(WireTypes.INCIDENT, incident).sinkTo(sinks.incidents());
            environment.execute("largest records");
            try (Announcer announcer = Announcer.open(config)) {
                announcer.announce(List.of(release));
            }

            for (String topic : List.of(
                    config.topics().scores(),
                    config.topics().incidents(),
                    config.topics().models())) {
                assertThat(TestingKafka.readAll(broker.bootstrapServers(), topic))
                        .as(topic)
                        .hasSize(1);
            }
        }
    }

    @Test
    void theirSizesAreKnownAlsoAsJson() {
        DetectorConfig json = CONFIG.with(OutputSection.FORMAT, OutputFormat.JSON);
        assertThat(OutputCodec.scores(OutputFormat.JSON).encode(score()).length)
                .isLessThanOrEqualTo(RecordSizes.score(json));
        assertThat(OutputCodec.incidents(OutputFormat.JSON).encode(incident()).length)
                .isLessThanOrEqualTo(RecordSizes.incident(json));
        byte[] value = "\"".repeat(json.output().rejectedMaxBytes()).getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[1 << 15];
        Rejected rejected = new Rejected(
                "t".repeat(249), 1, 1, Long.MAX_VALUE, RejectionReason.OTHER, "€".repeat(1_000), key, value, 1);
        assertThat(OutputCodec.rejected(OutputFormat.JSON, json.output().rejectedMaxBytes())
                        .encode(rejected)
                        .length)
                .isGreaterThan(json.output().rejectedMaxBytes())
                .isLessThanOrEqualTo(RecordSizes.rejected(json));
        assertThat(RecordSizes.rejected(json)).isEqualTo(RecordSizes.rejected(CONFIG));
    }

    private static DetectorConfig config() {
        List<String> features = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            features.add(LONG_NAME + i);
        }
        return DetectorConfig.withDefaults("d".repeat(40), new FeatureSchema(features));
    }

    private static Score score() {
        List<String> names = CONFIG.features().names();
        List<Contribution> contributions = new ArrayList<>();
        List<StuckFeature> stuck = new ArrayList<>();
        for (String name : names) {
            contributions.add(new Contribution(name, 1, 2, 3, 4, 5, 6));
            stuck.add(new StuckFeature(name, Integer.MAX_VALUE, 1e-9));
        }
        return new Score(
                CONFIG.detector(),
                ENTITY,
                1,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Verdict.ANOMALOUS,
                null,
                1,
                1,
                1,
                contributions,
                names,
                Long.MAX_VALUE,
                1,
                "maintenance: " + "€".repeat(MaintenanceCalendar.LONGEST_SUMMARY),
                stuck,
                finding(),
                "f".repeat(16));
    }

    private static ShapeFinding finding() {
        int most = Integer.MAX_VALUE;
        return new ShapeFinding(
                CONFIG.features().names().get(599), ShapeDifference.SHAPE, 1, 2, most, most, most, most);
    }

    private static Incident incident() {
        List<Cause> causes = new ArrayList<>();
        for (String name : CONFIG.features().names().subList(0, 8)) {
            causes.add(new Cause(name, 1, 2, 3, 4, 5));
        }
        List<String> members = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; bytes + 52 <= IncidentGroup.MAX_MEMBER_BYTES && i < IncidentGroup.MAX_MEMBERS; i++) {
            members.add(String.format("%052d", i));
            bytes += 52;
        }
        String description = ENTITY + LONG_NAME.repeat(8) + " ".repeat(400);
        return new Incident(
                new IncidentIdentity(CONFIG.detector(), "f".repeat(32), ENTITY, IncidentKind.GROUP),
                IncidentState.OPENED,
                Severity.CRITICAL,
                new IncidentTimes(1, 2, 3),
                new IncidentPeak(1, Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, "f".repeat(16)),
                Long.MAX_VALUE,
                new Diagnosis(causes, BreakShape.CORRELATION, description, finding()),
                new IncidentGroup("f".repeat(32), members, Integer.MAX_VALUE),
                "maintenance: " + "€".repeat(MaintenanceCalendar.LONGEST_SUMMARY));
    }

    private static ModelRelease release() {
        return new ModelRelease(
                CONFIG.detector(),
                1,
                new ReleasedArtifact("s3://bucket/" + "x".repeat(1_000), "f".repeat(64), Integer.MAX_VALUE),
                1,
                1,
                ReleaseStage.CHAMPION,
                1,
                new ReleaseCalibration(1, 1, 1),
                Map.of("config", CONFIG.toYaml(), "training.options", "x".repeat(2_000)));
    }
}
