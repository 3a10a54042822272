package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An incident that {@code noether feedback} confirms, and the trainings after it. */
@Tag("long")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConfirmedIncidentIT {
    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_000_000L / MINUTE * MINUTE;
    private static final String ID = "60184ec0ab21e312160955f7a80adfe5";
    private static final int HOSTS = 3;
    private static final int FEATURES = 4;
    private static final int BEFORE = 900;
    private static final int INCIDENT = 1_000;
    private static final int INCIDENT_ROWS = 30;
    private static final int MARGIN_ROWS = 10;
    private static final int NORMAL = 1_800;
    private static final int ALL = 3_600;

    @TempDir
    private Path folder;

    @Test
    void isNotTrainedOnAndAModelThatMissesItIsRefused() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Path file = detector(broker);
            DetectorConfig config = DetectorConfig.load(file);
            TopicSetup.create(config, 1, (short) 1);
            observe(config);
            assertThat(train(config, 0, BEFORE).run().outcome()).isEqualTo(TrainingOutcome.PROMOTED);
            report(config, broker);
            confirm(file);

            TrainingReport next = train(config, 0, NORMAL);
            assertThat(next.run().outcome()).as(next.run().message()).isEqualTo(TrainingOutcome.PROMOTED);
            assertThat(next.release().provenance())
                    .containsEntry("data.leftOut.confirmed", String.valueOf(INCIDENT_ROWS + 2 * MARGIN_ROWS));
            GateFigure found = figure(config, 2);
            assertThat(found.isPassed()).isTrue();
            assertThat(found.challenger()).isEqualTo(1);
            assertThat(found.champion()).isEqualTo(1);

            // From now on the host behaves in half of its rows as in the incident, and all of these are trained on.
            TrainingReport deaf = train(config.with(RetrainingSection.MAX_LEFT_OUT, 0.0), 0, ALL);
            assertThat(deaf.run().outcome()).isEqualTo(TrainingOutcome.REFUSED);
            GateFigure missed = figure(config, 3);
            assertThat(missed.isPassed()).isFalse();
            assertThat(missed.sentence())
                    .isEqualTo("alarms in 0 of 1 confirmed incidents, the champion in 1; 1 are clearly missed that the"
                            + " champion finds");
            assertThat(deaf.run().message()).contains("alarms in 0 of 1 confirmed incidents");
        }
    }

    private Path detector(EmbeddedBroker broker) throws Exception {
        return Files.writeString(folder.resolve("confirmed.yaml"), """
                detector: confirmed
                features: [f0, f1, f2, f3]
                kafka: {bootstrapServers: '%s'}
                model: {store: '%s'}
                alarms: {budget: 1 per entity per P1D}
                retraining: {epochs: 2}
                """.formatted(
                        broker.bootstrapServers(), folder.resolve("models").toUri()));
    }

    private static TrainingReport train(DetectorConfig config, int from, int to) throws Exception {
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
            return new TrainingOnDemand(config, retraining, message -> {})
                    .run(new HistoryRange(START + from * MINUTE, START + to * MINUTE));
        }
    }

    private static GateFigure figure(DetectorConfig config, long version) {
        return new ReleaseTopic(config)
                .content().decisions().stream()
                        .filter(decision -> decision.facts().model().version() == version)
                        .flatMap(decision -> decision.facts().figures().stream())
                        .filter(figure -> figure.name().equals("confirmedIncidents"))
                        .findFirst()
                        .orElseThrow();
    }

    private static void observe(DetectorConfig config) {
        RandomGenerator random = new SplittableRandom(7);
        float[] values = new float[FEATURES];
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int row = 0; row < ALL; row++) {
                for (int host = 1; host <= HOSTS; host++) {
                    double cause = random.nextGaussian();
                    for (int j = 0; j < FEATURES; j++) {
                        values[j] = (float) (cause * (j + 1) + 0.3 * random.nextGaussian());
                    }
                    if (host == 1 && isBroken(row)) {
                        values[1] += 3;
                        values[3] -= 3;
                    }
                    publisher.send(
                            "host-" + host, START + row * MINUTE, values, ObservationPublisher.DeliveryListener.NONE);
                }
            }
            publisher.flush();
        }
    }

    private static boolean isBroken(int row) {
        return row >= INCIDENT && row < INCIDENT + INCIDENT_ROWS || row >= NORMAL && row / INCIDENT_ROWS % 2 == 0;
    }

    private static void report(DetectorConfig config, EmbeddedBroker broker) throws Exception {
        long from = START + INCIDENT * MINUTE;
        long to = START + (INCIDENT + INCIDENT_ROWS) * MINUTE;
        Incident incident = new Incident(
                new IncidentIdentity(config.detector(), ID, "host-1", IncidentKind.ANOMALY),
                IncidentState.RESOLVED,
                Severity.HIGH,
                new IncidentTimes(from, to, to),
                new IncidentPeak(8, from, 1e-6, 5, 1),
                INCIDENT_ROWS,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, "host-1: f1 is 4, expected 1"),
                new IncidentGroup(null, List.of(), 0),
                null);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().incidents(), new IncidentCodec().encode(incident))));
    }

    private static void confirm(Path file) {
        StringWriter out = new StringWriter();
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        assertThat(commands.execute("feedback", ID.substring(0, 8), "confirm", "--config", file.toString()))
                .isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Confirmed " + ID + ": host-1: f1 is 4");
    }
}
