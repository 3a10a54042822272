package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether recover} with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RecoverCommandIT {
    private static final int ROWS = 400;

    @TempDir
    private Path folder;

    @Test
    void aJobWithoutItsCheckpointsWritesOnlyWhatIsMissing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Path file = folder.resolve("detector.yaml");
            Files.writeString(
                    file,
                    "detector: lost\nfeatures: [x]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                            + "'}\ncheckpoints: {interval: PT0.2S, directory: '"
                            + folder.resolve("checkpoints").toUri() + "'}\nmodel: {store: '"
                            + folder.resolve("models").toUri() + "'}\n");
            DetectorConfig config = DetectorConfig.load(file);
            TopicSetup.create(config, 2, (short) 1);
            publish(config, 0);
            try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
                Patience.await("scores", () -> places(config).size() == ROWS, () -> "fewer");
            }
            Files.move(folder.resolve("checkpoints"), folder.resolve("gone"));
            publish(config, ROWS);

            assertThat(run("recover", "--config", file.toString(), "--dry-run"))
                    .contains("every observation that was read has its score or rejected record")
                    .contains("the job starts with empty state");
            assertThat(places(config)).hasSize(ROWS);
            assertThat(run("recover", "--config", file.toString()))
                    .contains("what is in the output topics already is not written again")
                    .contains("Recovered: 0 observations had no result");
            try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
                assertThat(scoring.resumedFrom()).isPresent();
                Patience.await("all scores", () -> places(config).size() >= 2 * ROWS, () -> "fewer");
            }
            assertThat(places(config)).hasSize(2 * ROWS).doesNotHaveDuplicates();
        }
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        int code = commands.execute(arguments);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    private static List<Place> places(DetectorConfig config) throws Exception {
        List<Place> places = new ArrayList<>();
        for (var record : TestingKafka.readAll(
                config.kafka().bootstrapServers(), config.topics().scores())) {
            Score score = new ScoreCodec().decode(record.value());
            places.add(new Place(score.sourcePartition(), score.sourceOffset()));
        }
        return places;
    }

    private static void publish(DetectorConfig config, int from) {
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int row = from; row < from + ROWS; row++) {
                publisher.send(
                        "host-" + row % 10,
                        1_700_000_000_000L + row * 1_000L,
                        new float[] {row % 7},
                        ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }
}
