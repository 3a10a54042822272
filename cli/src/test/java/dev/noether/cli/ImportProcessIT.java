package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.TestingKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A {@code noether import} process that is killed in the middle and started again. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Tag("long")
class ImportProcessIT extends RandomizedTest {
    private static final long START = 1_700_000_040_000L;
    private static final long MINUTE = 60_000;
    private static final int HOSTS = 6;
    private static final int FEATURES = 5;
    private static final int ROWS = 100;

    @TempDir
    private Path folder;

    @Test
    void eachIntervalHasOneRowAlsoAfterAKill(RandomGenerator random) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            broker.createTopics(Topic.plain("values", 2));
            Path config = Files.writeString(folder.resolve("hosts.yaml"), """
                    detector: hosts
                    features: [f0, f1, f2, f3, f4]
                    kafka: {bootstrapServers: '%s'}
                    checkpoints: {interval: PT0.2S}
                    source:
                      format: json
                      topics: [values]
                      interval: PT1M
                      disorder: PT10S
                      entity: host
                      time: ts
                      metric: {name: metric, value: value}
                    """.formatted(broker.bootstrapServers()));
            List<ProducerRecord<byte[], byte[]>> values = values(random);
            int half = values.size() / 2;
            try (NoetherProcess first = start(config)) {
                first.awaitOutput("Importing values of .* into hosts.observations");
                TestingKafka.send(broker.bootstrapServers(), values.subList(0, half));
                awaitRows(broker, HOSTS * ROWS / 4);
                try (NoetherProcess second = start(config)) {
                    assertThat(second.waitFor()).as(second::output).isEqualTo(ExitCode.FAILED);
                    assertThat(second.output())
                            .contains("detector hosts is already imported by process " + first.pid());
                }
                first.kill();
                first.waitFor();
            }
            TestingKafka.send(broker.bootstrapServers(), values.subList(half, values.size()));
            try (NoetherProcess again = start(config)) {
                again.awaitOutput("into hosts.observations.*, from checkpoint ");
                awaitRows(broker, HOSTS * ROWS);
                again.terminate();
                assertThat(again.waitFor()).isNotEqualTo(ExitCode.FAILED);
            }
            rows(broker).forEach((place, row) -> {
                for (int i = 0; i < FEATURES; i++) {
                    assertThat(row[i]).as("feature %d at %s", i, place).isEqualTo(value(place, i));
                }
            });
        }
    }

    private record Place(String host, long time) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byHost = host.compareTo(other.host);
            return byHost != 0 ? byHost : Long.compare(time, other.time);
        }
    }

    private static float value(Place place, int feature) {
        return (place.host().hashCode() + place.time() / MINUTE + feature) % 1000 / 8f;
    }

    private NoetherProcess start(Path config) throws IOException {
        return NoetherProcess.startWithState(
                folder, folder.resolve("state"), "import", "--create-topics", "--config", config.toString());
    }

    /** Every value once, shuffled within its interval. The last intervals only close those before them. */
    private static List<ProducerRecord<byte[], byte[]>> values(RandomGenerator random) {
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (int k = 0; k < ROWS + 3; k++) {
            List<ProducerRecord<byte[], byte[]>> interval = new ArrayList<>();
            for (int host = 0; host < HOSTS; host++) {
                Place place = new Place("h" + host, START + k * MINUTE);
                for (int i = 0; i < FEATURES; i++) {
                    String json = "{\"host\":\"" + place.host() + "\",\"ts\":" + (place.time() + i) + ",\"metric\":\"f"
                            + i + "\",\"value\":" + value(place, i) + "}";
                    interval.add(new ProducerRecord<>(
                            "values",
                            place.host().getBytes(StandardCharsets.UTF_8),
                            json.getBytes(StandardCharsets.UTF_8)));
                }
            }
            Collections.shuffle(interval, new Random(random.nextLong()));
            all.addAll(interval);
        }
        return all;
    }

    private static void awaitRows(EmbeddedBroker broker, int count) throws Exception {
        Patience.await(
                count + " rows",
                () -> rows(broker).size() >= count,
                () -> rows(broker).size());
    }

    private static Map<Place, float[]> rows(EmbeddedBroker broker) {
        Map<Place, float[]> rows = new TreeMap<>();
        ObservationCodec codec = new ObservationCodec();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), "hosts.observations")) {
            try {
                Observation observation = codec.decode(record.value());
                Place place = new Place(observation.entity(), observation.eventTime());
                float[] values = ((Features.Positional) observation.features()).values();
                assertThat(rows.put(place, values))
                        .as("a second row of %s", place)
                        .isNull();
            } catch (MalformedRecordException e) {
                throw new AssertionError(e);
            }
        }
        return rows;
    }
}
