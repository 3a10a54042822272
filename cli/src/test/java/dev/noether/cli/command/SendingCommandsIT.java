package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code replay} and {@code produce} send to a real broker. */
class SendingCommandsIT {
    private static final Instant EPOCH = Instant.parse("2026-01-05T00:00:00Z");
    private static final long MINUTE = 60_000;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void replaySendsBothPartsInTheOrderOfTheirTimes() throws Exception {
        writeStreams();

        assertThat(replay()).isEqualTo(ExitCode.DONE);

        assertThat(observations("replay.observations"))
                .containsExactly("0 a [1.0]", "0 b [3.0]", "1 a [2.0]", "2 a [4.0]", "3 b [NaN]");
        assertThat(out.toString()).contains("Sent 5 observations of 2 entities to the topic replay.observations.");
    }

    @Test
    void replaySendsOnePartOfOneEntityFromAGivenTime() throws Exception {
        writeStreams();

        int code = replay("--part", "test", "--entities", "b", "--start", "2026-01-05T10:00:00Z");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(observations("replay.observations")).containsExactly("600 b [NaN]");
    }

    @Test
    void replayRefusesTimesOfTheFutureBeforeItSendsAny() throws Exception {
        writeStreams();

        assertThat(replay("--start", "2099-01-05T10:00:00Z")).isEqualTo(ExitCode.BAD_USE);

        assertThat(observations("replay.observations")).isEmpty();
    }

    @Test
    void theKeyAndTheTimestampOfARecordAreThoseOfTheObservation() throws Exception {
        writeStreams();

        replay("--part", "train", "--entities", "a");

        List<ConsumerRecord<byte[], byte[]>> records =
                TestingKafka.readAll(broker.bootstrapServers(), "replay.observations");
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("a");
            assertThat(record.timestamp())
                    .isEqualTo(new ObservationCodec().decode(record.value()).eventTime());
        });
    }

    @Test
    void produceSendsAHistoryAndLiveRowsUntilItIsInterrupted() throws Exception {
        DetectorConfig config = createTopics("fleet", FleetSimulator.featureNames());
        Path file = folder.resolve("detector.yaml");
        Files.writeString(
                file, "detector: fleet\nfeatures: [" + String.join(", ", FleetSimulator.featureNames()) + "]\n");
        AtomicInteger code = new AtomicInteger(-1);
        Thread producer = new Thread(() -> code.set(run(
                "produce",
                "--config",
                file.toString(),
                "--bootstrap",
                broker.bootstrapServers(),
                "--entities",
                "1",
                "--every",
                "20ms")));
        producer.start();
        String topic = config.topics().observations();
        Patience.await("live observations", () -> size(topic) > 4_400, () -> size(topic));
        producer.interrupt();
        producer.join(Patience.LONG.toMillis());

        assertThat(code).hasValue(ExitCode.DONE);
        assertThat(out.toString())
                .contains("The topic is empty. Sending a history of 4320 observations for each of 1 servers")
                .contains("Sending live observations: 1 servers, one observation every 20 ms each")
                .endsWith("Stopped." + System.lineSeparator());
        List<Long> times = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : TestingKafka.readAll(broker.bootstrapServers(), topic)) {
            times.add(record.timestamp());
        }
        assertThat(times).isSorted().doesNotHaveDuplicates().allMatch(time -> time % 20 == 0);
    }

    private int replay(String... options) {
        createTopics("replay", List.of("x"));
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                "--data",
                folder.resolve("data").toString(),
                "--bootstrap",
                broker.bootstrapServers(),
                "--topic",
                "replay.observations"));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(new String[0]));
    }

    private int run(String... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        return commands.execute(arguments);
    }

    private DetectorConfig createTopics(String detector, List<String> features) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(features))
                .withBootstrap(broker.bootstrapServers());
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }

    private int size(String topic) {
        return TestingKafka.readAll(broker.bootstrapServers(), topic).size();
    }

    /** Minute, entity and values of each observation, in the order of time and entity. */
    private List<String> observations(String topic) throws MalformedRecordException {
        ObservationCodec codec = new ObservationCodec();
        List<Observation> observations = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : TestingKafka.readAll(broker.bootstrapServers(), topic)) {
            observations.add(codec.decode(record.value()));
        }
        observations.sort(Comparator.comparing(Observation::eventTime).thenComparing(Observation::entity));
        return observations.stream()
                .map(observation -> (observation.eventTime() - EPOCH.toEpochMilli()) / MINUTE + " "
                        + observation.entity() + " " + values(observation))
                .toList();
    }

    private static String values(Observation observation) {
        return Arrays.toString(((Features.Positional) observation.features()).values());
    }

    private void writeStreams() throws IOException {
        writeEntity("a", "t,x\n0,1\n1,2\n", "t,x,label\n0,4,1\n");
        writeEntity("b", "t,x\n0,3\n", "t,x,label\n1,,0\n");
    }

    private void writeEntity(String name, String training, String test) throws IOException {
        Path entity = Files.createDirectories(folder.resolve("data").resolve(name));
        Files.writeString(entity.resolve("train.csv"), training);
        Files.writeString(entity.resolve("test.csv"), test);
    }
}
