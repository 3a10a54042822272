package dev.noether.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Severity;
import dev.noether.schemas.Verdict;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether compare} with the topics of two detectors on a real broker. */
@Timeout(60)
class DetectorComparisonIT {
    private static final long START = 1_700_000_000_000L;
    private static final int ROWS = 2_000;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static Path old;
    private static Path fresh;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        old = file("old", "metrics");
        fresh = file("fresh", "metrics");
        // Both have the same rows, but for the last ten, which the second has not scored yet; two partitions.
        write("old", ROWS, offset -> offset == 7 || offset == 9, offset -> 0.5);
        write("fresh", ROWS - 10, offset -> offset == 7, offset -> offset == 40 ? 0.2 : 0.4999);
        incidents("old", incident("old", "a1", "host", 10, 20), incident("old", "a2", "host", 30, 40));
        incidents("fresh", incident("fresh", "b1", "host", 15, 25), incident("fresh", "b2", "other", 30, 40));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void scoresAreComparedByObservationAndIncidentsByTime() throws Exception {
        assertThat(run(old, fresh)).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines())
                .containsExactly(
                        "old scored 2,000 observations, fresh 1,990; both scored 1,990.",
                        "Equal verdicts: 1,988 of 1,990 (99.90 %).",
                        "Anomalous scores: old 4, fresh 2.",
                        "Largest difference of p-values: 0.300, host at 2023-11-14T22:14:00Z (partition 0, offset 40).",
                        "Incidents of both: 1.",
                        "Incidents of old alone: 1:",
                        "  2023-11-14T22:13:50Z  host is strange  [a2]",
                        "Incidents of fresh alone: 1:",
                        "  2023-11-14T22:13:50Z  other is strange  [b2]");
        out.getBuffer().setLength(0);
        assertThat(run(old, fresh, "--json")).isEqualTo(ExitCode.DONE);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/scores/both").asLong()).isEqualTo(1_990);
        assertThat(json.at("/scores/equalVerdicts").asLong()).isEqualTo(1_988);
        assertThat(json.at("/scores/largestDifference/offset").asLong()).isEqualTo(40);
        assertThat(json.at("/events/onlySecond/0/id").asText()).isEqualTo("b2");
    }

    @Test
    void whatIsOlderIsLeftOut() {
        assertThat(run(old, fresh, "--since", "2023-11-14T22:13:50Z")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .startsWith("old scored 1,940 observations, fresh 1,930; both scored 1,930.")
                .contains("Anomalous scores: old 0, fresh 0.", "Incidents of both: 0.");
    }

    @Test
    void detectorsOfOtherObservationsCannotBeCompared() throws Exception {
        assertThat(run(old, old)).isEqualTo(ExitCode.BAD_USE);
        assertThat(run(old, file("third", "others"))).isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString())
                .contains("both files are of the detector with the topic old.scores")
                .contains("the detectors read different topics, metrics and others");
    }

    private interface OfOffset<T> {
        T at(long offset);
    }

    /** Every second observation is in the other partition of the source. */
    private static void write(String detector, int rows, OfOffset<Boolean> isAnomalous, OfOffset<Double> pValue)
            throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        ScoreCodec codec = new ScoreCodec();
        for (int row = 0; row < rows; row++) {
            long offset = row / 2;
            long time = START + offset * 1_000;
            Score score = new Score(
                    detector,
                    "host",
                    time,
                    time + 1,
                    row % 2,
                    offset,
                    isAnomalous.at(offset) ? Verdict.ANOMALOUS : Verdict.NORMAL,
                    null,
                    1,
                    pValue.at(offset),
                    3,
                    List.of(),
                    List.of(),
                    1,
                    Double.NaN,
                    null,
                    List.of(),
                    null,
                    null,
                    null);
            records.add(new ProducerRecord<>(detector + ".scores", row % 2, time, null, codec.encode(score)));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
    }

    private static Incident incident(String detector, String id, String entity, int start, int end) {
        return new Incident(
                new IncidentIdentity(detector, id, entity, IncidentKind.ANOMALY),
                IncidentState.RESOLVED,
                Severity.HIGH,
                new IncidentTimes(START + start * 1_000L, START + end * 1_000L, START + end * 1_000L),
                new IncidentPeak(5, START + start * 1_000L, 0.001, 3, 1, null),
                2,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, entity + " is strange"),
                IncidentGroup.NONE,
                null);
    }

    private static void incidents(String detector, Incident... incidents) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Incident incident : incidents) {
            records.add(new ProducerRecord<>(
                    detector + ".incidents", 0, incident.end(), null, new IncidentCodec().encode(incident)));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
    }

    private static Path file(String detector, String observations) throws Exception {
        Path file = Files.writeString(
                folder.resolve(detector + ".yaml"),
                "detector: " + detector + "\nfeatures: [a]\ntopics: {observations: " + observations + "}\nkafka: {"
                        + "bootstrapServers: '" + broker.bootstrapServers() + "'}\n");
        TopicSetup.create(DetectorConfig.load(file), 2, (short) 1);
        return file;
    }

    private int run(Object... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        List<String> words = new ArrayList<>(List.of("compare"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return commands.execute(words.toArray(String[]::new));
    }
}
