package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.mapping.FeatureField;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.mapping.TimeField;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.schedule.ScheduleChoice;
import dev.noether.model.shape.ShapeChoice;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.WindowSymmetry;
import dev.noether.schemas.Severity;
import dev.noether.schemas.output.OutputFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectorConfigTest {
    private static final String EVERYTHING = """
            detector: fleet-eu
            features: [cpu, memory, disk]
            parallelism: 3
            exactlyOnce: false
            kafka:
              bootstrapServers: one:9092,two:9093
              properties: {security.protocol: SSL, ssl.key.password: '${env:KEY}', request.timeout.ms: 5000}
            topics: {observations: o, scores: s, rejected: r, models: m, incidents: i, feedback: f, undelivered: u}
            source:
              format: avro
              entity: [host, $key]
              time: {path: at, unit: us}
              features: {cpu: sys.cpu, memory: {path: sys.bytes, as: log}}
              schema: '{"type": "record", "name": "M", "fields": []}'
              topics: [a, b.c]
              topicPattern: team-[0-9]+
              interval: PT30S
              disorder: PT5S
              longestWait: PT3M
              rows: metrics
              metric: {name: m, value: v}
              metrics: {disk: {name: io, labels: {device: '!~loop.*', read: true}, aggregate: sum, as: rate}}
              series: device
            registry: {url: 'https://registry:8081', user: reader, password: '${env:KEY}', certificates: ca.pem}
            entities: {disorder: PT1M, latePolicy: SCORE, idleness: PT2M, maxAhead: PT3H,
                       earliest: 1980-01-01T00:00:00Z, latest: 2200-01-01T00:00:00Z, max: 5000, duplicates: keep,
                       missing: ignore, missingByFeature: {cpu: reject}}
            window: {rows: 12}
            model: {architecture: relu, codeSize: 6, forecastRows: 7, hiddenWidths: [30, 20], engine: openblas,
                    counters: [load, auto],
                    shape: on, shapeMemory: 700, schedules: off, zone: Europe/Berlin, store: 's3://bucket/models', keep: 30}
            retraining:
              interval: PT6H
              history: P14D
              activationDelay: PT2M
              drift: train
              driftPeriod: PT3H
              probation: PT30M
              shadow: PT4H
              shadowPromotion: manual
              minRows: 500
              maxRows: 5000
              maxLeftOut: 0.35
              epochs: 7
              batchSize: 32
              learningRate: 1e-2
              patience: 3
              method: lie_second_order
              penaltyWeight: 1
              noise: 0.3
              generators: skew_symmetric
              generatorRank: 2
              symmetry: validated
              validationFraction: 0.2
              calibrationFraction: .25
              gateFraction: .25
              seed: -9000000000
              scaling: robust
            signing: {key: signing.pem, trusted: [old.pem, new.pem]}
            alarms: {budget: 2 per PT12H}
            microBatch: {size: 1, linger: PT0.5S}
            output: {format: json, contributions: all, rejectedMaxBytes: 1000, observationMaxBytes: 2000}
            incidents:
              quiet: PT5M
              severityBands: [0.5, 1, 3]
              groupInterval: PT30S
              groupMinimum: 20
              silence: false
              silenceMinimum: PT10S
              stallAfter: PT2M
              forgetAfter: P30D
              dismissalHalfLife: P7D
            rules:
              onlyUp: [cpu]
              onlyDown: [disk]
              leastDeviation: {cpu: 5}
              leastRelativeDeviation: {memory: .1}
              calendar: maintenance.ics
            notify:
              alertmanagers: ['http://one:9093', 'https://two:9093/prefix']
              alertmanagerHeaders: {Authorization: 'Bearer ${file:/run/secrets/alertmanager}'}
              webhook: https://hooks.example.com/noether?token=${env:TOKEN}
              webhookSecret: ${env:WEBHOOK_SECRET}
              webhookHeaders: {X-Team: on-call}
              slack: ${env:SLACK_WEBHOOK}
              pagerDutyUrl: https://events.eu.pagerduty.com/v2/enqueue
              pagerDutyKey: ${env:PAGER_DUTY_KEY}
              leastSeverity: high
              giveUpAfter: PT6H
              link: https://grafana.example.com/d/noether?var-entity={entity}
            console:
              bind: 0.0.0.0
              hosts: [console.example.com]
              port: 9000
              directory: file:///var/console
              retention: P7D
              storeBytes: 99999999999
              tokenFile: token.txt
              keyStoreFile: console.p12
              keyStorePasswordFile: password.txt
              flink: http://jobmanager:8081
            checkpoints: {interval: PT10S, directory: 'file:///var/checkpoints', transactionTimeout: PT2H}
            """;

    @Test
    void hasADefaultForAllButTheNameAndTheFeatures() {
        DetectorConfig config = DetectorConfig.parse("detector: fleet\nfeatures: [cpu]", "test");
        assertThat(config.detector()).isEqualTo("fleet");
        assertThat(config.features()).isEqualTo(new FeatureSchema(List.of("cpu")));
        assertThat(config.execution())
                .isEqualTo(new ExecutionOptions(
                        1,
                        true,
                        new MicroBatchOptions(256, Duration.ofMillis(20)),
                        new CheckpointOptions(
                                Duration.ofSeconds(5),
                                StateHome.directory("fleet", "checkpoints"),
                                Duration.ofHours(1))));
        assertThat(config.kafka()).isEqualTo(new KafkaConfig("localhost:9092", Map.of()));
        assertThat(config.topics())
                .isEqualTo(new TopicNames(
                        "fleet.observations",
                        "fleet.scores",
                        "fleet.rejected",
                        "fleet.models",
                        "fleet.incidents",
                        "fleet.feedback",
                        "fleet.undelivered"));
        assertThat(config.entities())
                .isEqualTo(new EntityOptions(
                        Duration.ofSeconds(5),
                        LatePolicy.MARK,
                        Duration.ofSeconds(30),
                        new EventTimeOptions(
                                Duration.ofDays(1),
                                Instant.parse("1990-01-01T00:00:00Z"),
                                Instant.parse("2100-01-01T00:00:00Z")),
                        1_000_000,
                        DuplicatePolicy.REPEAT,
                        MissingPolicy.HOLD,
                        Map.of()));
        assertThat(config.output())
                .isEqualTo(new OutputOptions(OutputFormat.AVRO, ContributionDetail.ANOMALOUS, 4 << 20, 512 << 10));
        assertThat(config.source())
                .isEqualTo(new SourceOptions(
                        SourceFormat.NOETHER,
                        List.of(),
                        TimeField.NONE,
                        Map.of(),
                        "",
                        new ImportOptions(
                                List.of(),
                                "",
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(2),
                                "",
                                MetricPaths.NONE,
                                Map.of(),
                                List.of())));
        assertThat(config.registry()).isEqualTo(new RegistryOptions("", "", "", ""));
        assertThat(config.window()).isEqualTo(new WindowOptions(4));
        assertThat(config.model())
                .isEqualTo(new ModelOptions(
                        Architecture.PCA_RESIDUAL,
                        10,
                        5,
                        List.of(),
                        EngineChoice.AUTO,
                        List.of("auto"),
                        new RecurrenceOptions(ShapeChoice.AUTO, 0, ScheduleChoice.AUTO, "auto"),
                        StateHome.directory("fleet", "models"),
                        20));
        assertThat(config.retraining())
                .isEqualTo(new RetrainingOptions(
                        new RetrainingSchedule(
                                Duration.ofDays(1),
                                Duration.ofMinutes(1),
                                DriftPolicy.PROPOSE,
                                Duration.ofHours(6),
                                new ShadowOptions(Duration.ZERO, PromotionPolicy.AUTOMATIC),
                                Duration.ofHours(2)),
                        new TrainingRowsOptions(
                                Duration.ofDays(7),
                                1000,
                                200_000,
                                0.2,
                                0.15,
                                0.15,
                                ScalingKind.STANDARD,
                                WindowSymmetry.NONE),
                        new OptimiserOptions(60, 64, 0.001, 8, 1),
                        new ObjectiveOptions(MethodKind.PLAIN, 0, 0.1, GeneratorStructure.LOW_RANK, 4),
                        new GateOptions(0.1)));
        assertThat(config.alarms()).isEqualTo(new AlarmOptions(AlarmBudget.DEFAULT));
        assertThat(config.incidents())
                .isEqualTo(new IncidentOptions(
                        Duration.ofMinutes(10),
                        List.of(1.0, 2.0, 4.0),
                        Duration.ofSeconds(10),
                        5,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7),
                        Duration.ofDays(30)));
        assertThat(config.signing()).isEqualTo(new SigningOptions("", List.of()));
        assertThat(config.rules()).isEqualTo(new RuleOptions(List.of(), List.of(), Map.of(), Map.of(), ""));
    }

    @Test
    void readsEveryKey() {
        assertThat(DetectorConfig.parse(EVERYTHING, "test"))
                .isEqualTo(new DetectorConfig(
                        "fleet-eu",
                        new FeatureSchema(List.of("cpu", "memory", "disk")),
                        new ExecutionOptions(
                                3,
                                false,
                                new MicroBatchOptions(1, Duration.ofMillis(500)),
                                new CheckpointOptions(
                                        Duration.ofSeconds(10),
                                        URI.create("file:///var/checkpoints"),
                                        Duration.ofHours(2))),
                        streams(),
                        modelling(),
                        alerting()));
    }

    private static StreamOptions streams() {
        return new StreamOptions(
                new KafkaConfig(
                        "one:9092,two:9093",
                        Map.of(
                                "security.protocol", "SSL",
                                "ssl.key.password", "${env:KEY}",
                                "request.timeout.ms", "5000")),
                new TopicNames("o", "s", "r", "m", "i", "f", "u"),
                new SourceOptions(
                        SourceFormat.AVRO,
                        List.of("host", "$key"),
                        new TimeField("at", TimeForm.MICROSECONDS),
                        Map.of(
                                "cpu", new FeatureField("sys.cpu", FeatureForm.VALUE),
                                "memory", new FeatureField("sys.bytes", FeatureForm.LOG)),
                        "{\"type\":\"record\",\"name\":\"M\",\"fields\":[]}",
                        new ImportOptions(
                                List.of("a", "b.c"),
                                "team-[0-9]+",
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(3),
                                "metrics",
                                new MetricPaths("m", "v"),
                                Map.of(
                                        "disk",
                                        new MetricField(
                                                "io",
                                                Map.of("device", "!~loop.*", "read", "true"),
                                                MetricAggregate.SUM,
                                                FeatureForm.RATE)),
                                List.of("device"))),
                new RegistryOptions("https://registry:8081", "reader", "${env:KEY}", "ca.pem"),
                new EntityOptions(
                        Duration.ofMinutes(1),
                        LatePolicy.SCORE,
                        Duration.ofMinutes(2),
                        new EventTimeOptions(
                                Duration.ofHours(3),
                                Instant.parse("1980-01-01T00:00:00Z"),
                                Instant.parse("2200-01-01T00:00:00Z")),
                        5_000,
                        DuplicatePolicy.KEEP,
                        MissingPolicy.IGNORE,
                        Map.of("cpu", MissingPolicy.REJECT)),
                new OutputOptions(OutputFormat.JSON, ContributionDetail.ALL, 1000, 2000));
    }

    private static ModellingOptions modelling() {
        return new ModellingOptions(
                new WindowOptions(12),
                new ModelOptions(
                        Architecture.RELU,
                        6,
                        7,
                        List.of(30, 20),
                        EngineChoice.OPENBLAS,
                        List.of("load", "auto"),
                        new RecurrenceOptions(ShapeChoice.ON, 700, ScheduleChoice.OFF, "Europe/Berlin"),
                        URI.create("s3://bucket/models"),
                        30),
                new RetrainingOptions(
                        new RetrainingSchedule(
                                Duration.ofHours(6),
                                Duration.ofMinutes(2),
                                DriftPolicy.TRAIN,
                                Duration.ofHours(3),
                                new ShadowOptions(Duration.ofHours(4), PromotionPolicy.MANUAL),
                                Duration.ofMinutes(30)),
                        new TrainingRowsOptions(
                                Duration.ofDays(14),
                                500,
                                5000,
                                0.35,
                                0.2,
                                0.25,
                                ScalingKind.ROBUST,
                                WindowSymmetry.VALIDATED),
                        new OptimiserOptions(7, 32, 0.01, 3, -9_000_000_000L),
                        new ObjectiveOptions(MethodKind.LIE_SECOND_ORDER, 1, 0.3, GeneratorStructure.SKEW_SYMMETRIC, 2),
                        new GateOptions(0.25)),
                new SigningOptions("signing.pem", List.of("old.pem", "new.pem")));
    }

    private static AlertingOptions alerting() {
        return new AlertingOptions(
                new AlarmOptions(new AlarmBudget(2, BudgetScope.ALL_ENTITIES, Duration.ofHours(12))),
                new IncidentOptions(
                        Duration.ofMinutes(5),
                        List.of(0.5, 1.0, 3.0),
                        Duration.ofSeconds(30),
                        20,
                        false,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2),
                        Duration.ofDays(30),
                        Duration.ofDays(7)),
                new RuleOptions(
                        List.of("cpu"), List.of("disk"), Map.of("cpu", 5.0), Map.of("memory", 0.1), "maintenance.ics"),
                new NotifyOptions(
                        new AlertmanagerOptions(
                                List.of("http://one:9093", "https://two:9093/prefix"),
                                Map.of("Authorization", "Bearer ${file:/run/secrets/alertmanager}")),
                        new WebhookOptions(
                                "https://hooks.example.com/noether?token=${env:TOKEN}",
                                "${env:WEBHOOK_SECRET}",
                                Map.of("X-Team", "on-call")),
                        "${env:SLACK_WEBHOOK}",
                        new PagerDutyOptions("https://events.eu.pagerduty.com/v2/enqueue", "${env:PAGER_DUTY_KEY}"),
                        Severity.HIGH,
                        Duration.ofHours(6),
                        "https://grafana.example.com/d/noether?var-entity={entity}"),
                new ConsoleOptions(
                        "0.0.0.0",
                        9_000,
                        new ConsoleStoreOptions(URI.create("file:///var/console"), Duration.ofDays(7), 99_999_999_999L),
                        new ConsoleAccessOptions(
                                List.of("console.example.com"), "token.txt", "console.p12", "password.txt"),
                        "http://jobmanager:8081"));
    }

    @Test
    void theTopicOfTheFeedbackIsReadWithoutAWarning() {
        String yaml = "detector: fleet\nfeatures: [cpu]\ntopics: {feedback: fleet.judged}\n";
        List<String> warnings = new ArrayList<>();
        DetectorConfig config = ConfigurationReader.parse(yaml, "fleet.yaml", warnings::add);
        assertThat(config.topics().feedback()).isEqualTo("fleet.judged");
        assertThat(warnings).isEmpty();
    }

    @Test
    void everyKeyOfTheSampleDiffersFromItsDefault() {
        DetectorConfig everything = DetectorConfig.parse(EVERYTHING, "test");
        for (Option<?> option : OptionRegistry.ALL) {
            assertThat((Object) option.of(everything)).as(option.key()).isNotEqualTo(option.defaultValue());
        }
    }

    @Test
    void travelsAsText() throws Exception {
        DetectorConfig config = DetectorConfig.parse(EVERYTHING, "test");
        assertThat(DetectorConfig.parse(config.toYaml(), "again")).isEqualTo(config);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(config);
        assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
                .isEqualTo(config);
    }

    @Test
    void textThatLooksLikeSomethingElseStaysText() {
        DetectorConfig config = DetectorConfig.withDefaults(
                "1", new FeatureSchema(List.of("1e5", ".5", "0o7", "true", "null", "a: b", "é")));
        assertThat(DetectorConfig.parse(config.toYaml(), "again")).isEqualTo(config);
    }

    @Test
    void changesOneValue() {
        DetectorConfig config = DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")));
        assertThat(config.withBootstrap("elsewhere:1").kafka().bootstrapServers())
                .isEqualTo("elsewhere:1");
        assertThat(config.withModelStore(URI.create("s3://b")).model().store()).isEqualTo(URI.create("s3://b"));
        assertThat(config.withCheckpointDirectory(URI.create("s3://c"))
                        .checkpoints()
                        .directory())
                .isEqualTo(URI.create("s3://c"));
        assertThat(config.with(WindowSection.ROWS, 4)).isEqualTo(config);
        assertThatThrownBy(() -> config.with(WindowSection.ROWS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`window.rows` must be an integer from 1 to 1024 (got 0)");
    }
}
