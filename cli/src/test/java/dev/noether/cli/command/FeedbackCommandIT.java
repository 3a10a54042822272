package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
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
import dev.noether.schemas.UnscoredReason;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether feedback} with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeedbackCommandIT {
    private static final long START = 1_700_000_000_000L;
    private static final String BACKUP = "60184ec0ab21e312160955f7a80adfe5";
    private static final String SIMILAR = "60184fffffffffffffffffffffffffff";
    private static final String OUTBREAK = "aa000000000000000000000000000000";
    private static final String MEMBER = "bb000000000000000000000000000000";
    private static final String SILENCE = "cc000000000000000000000000000000";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void anIncidentIsDismissedListedAndWithdrawn() throws Exception {
        Path file = detector("backup");
        DetectorConfig config = DetectorConfig.load(file);
        TopicSetup.create(config, 2, (short) 1);
        send(config, incidents(config));
        sendScore(config, START + 3_600_000);

        assertThat(run(
                        "feedback",
                        "60184ec0",
                        "dismiss",
                        "--by",
                        "anna",
                        "--note",
                        "backup",
                        "--config",
                        file.toString()))
                .contains("Dismissed " + BACKUP + ": host-1: disk is 99")
                .contains(
                        "From event time 2023-11-14T23:13:30Z on, alarms of host-1 of this kind must exceed the threshold"
                                + " by more than 3; this halves every 30 days.")
                .contains("To take it back: ./noether feedback " + BACKUP + " withdraw");
        assertThat(new FeedbackTopic(config).read()).singleElement().satisfies(feedback -> {
            assertThat(feedback.verdict()).isEqualTo(FeedbackVerdict.DISMISSED);
            assertThat(feedback.firstEventTime())
                    .as("ten seconds after the newest score")
                    .isEqualTo(START + 3_610_000);
            assertThat(feedback.judged()).isNotNull();
        });
        assertThat(run("feedback", "list", "--config", file.toString()))
                .contains("dismissed  60184ec0ab21  by anna  host-1: disk is 99")
                .contains("    note: backup")
                .contains("    now: alarms of host-1 of this kind must exceed the threshold by more than 3");
        JsonNode json = new ObjectMapper().readTree(run("feedback", "list", "--json", "--config", file.toString()));
        assertThat(json).hasSize(1);
        assertThat(json.get(0).get("incident").asText()).isEqualTo(BACKUP);
        assertThat(json.get(0).get("raisesThresholdBy").asDouble()).isEqualTo(3);

        assertThat(run("feedback", BACKUP, "withdraw", "--config", file.toString()))
                .contains("Withdrew the feedback on " + BACKUP)
                .contains("alarms of host-1 of this kind need no more than the threshold.");
        assertThat(new FeedbackTopic(config).read()).isEmpty();
        assertThat(run("feedback", "list", "--config", file.toString())).contains("withdrawn  60184ec0ab21");
        assertThat(refusal("feedback", BACKUP, "withdraw", "--config", file.toString()))
                .contains("the incident " + BACKUP + " has no feedback to withdraw");
    }

    @Test
    void aGroupIsJudgedWithItsMembersAndASilenceChangesNoThreshold() throws Exception {
        Path file = detector("group");
        DetectorConfig config = DetectorConfig.load(file);
        TopicSetup.create(config, 1, (short) 1);
        send(config, incidents(config));
        assertThat(run("feedback", OUTBREAK, "dismiss", "--from", "2023-12-01T00:00:00Z", "--config", file.toString()))
                .contains("The same was recorded for the 1 incidents of this group.");
        assertThat(new FeedbackTopic(config).read())
                .extracting(Feedback::incident)
                .containsExactly(OUTBREAK, MEMBER);
        assertThat(run("feedback", SILENCE, "confirm", "--config", file.toString()))
                .contains("This changes no threshold, because it is no anomaly; the next training knows it.");
    }

    @Test
    void aWrongIdIsNamedWithTheNearest() throws Exception {
        Path file = detector("wrong");
        DetectorConfig config = DetectorConfig.load(file);
        assertThat(refusal("feedback", BACKUP, "dismiss", "--config", file.toString()))
                .contains("the topic wrong.feedback does not exist; create it with ./noether topics create");
        TopicSetup.create(config, 1, (short) 1);
        assertThat(refusal("feedback", BACKUP, "dismiss", "--config", file.toString()))
                .contains("no incident `" + BACKUP + "` in the topic wrong.incidents; the topic has no incident");
        send(config, incidents(config));
        assertThat(refusal("feedback", BACKUP.replace('e', '0'), "dismiss", "--config", file.toString()))
                .contains("the nearest is " + BACKUP + " (host-1, 2023-11-14T22:13:20Z)");
        assertThat(refusal("feedback", "60184", "dismiss", "--config", file.toString()))
                .contains("2 incidents begin with `60184`: ")
                .contains("give more characters");
        assertThat(refusal("feedback", "601", "dismiss", "--config", file.toString()))
                .contains("give at least 4 characters");
        assertThat(refusal("feedback", BACKUP, "--config", file.toString()))
                .contains("./noether feedback " + BACKUP + " confirm, dismiss or withdraw");
        assertThat(refusal("feedback", "list", "dismiss", "--config", file.toString()))
                .contains("feedback list takes only --entity and --json");
        Path other = detector("other");
        Files.writeString(other, Files.readString(other) + "topics: {incidents: wrong.incidents}\n");
        TopicSetup.create(DetectorConfig.load(other), 1, (short) 1);
        assertThat(refusal("feedback", BACKUP, "dismiss", "--config", other.toString()))
                .contains("is of the detector `wrong`, and --config is of `other`");
        assertThat(run("feedback", "list", "--config", other.toString())).contains("There is no feedback.");
    }

    private static Path detector(String name) throws Exception {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                "detector: " + name + "\nfeatures: [disk, cpu]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                        + "'}\n");
    }

    private static List<Incident> incidents(DetectorConfig config) {
        return List.of(
                incident(config, BACKUP, "host-1", IncidentKind.ANOMALY, null),
                incident(config, SIMILAR, "host-2", IncidentKind.ANOMALY, null),
                incident(config, OUTBREAK, "", IncidentKind.GROUP, null),
                incident(config, MEMBER, "host-3", IncidentKind.ANOMALY, OUTBREAK),
                incident(config, SILENCE, "host-4", IncidentKind.SILENCE, null));
    }

    private static Incident incident(
            DetectorConfig config, String id, String entity, IncidentKind kind, @Nullable String group) {
        boolean isAnomaly = kind == IncidentKind.ANOMALY;
        return new Incident(
                new IncidentIdentity(config.detector(), id, entity, kind),
                IncidentState.RESOLVED,
                Severity.HIGH,
                new IncidentTimes(START, START + 1_000, START + 2_000),
                isAnomaly ? new IncidentPeak(8, START, 1e-6, 5, 1) : IncidentPeak.none(START),
                1,
                new Diagnosis(
                        isAnomaly ? List.of(new Cause("disk", 20, 99, 12, 10, 15)) : List.of(),
                        BreakShape.UNKNOWN,
                        entity + ": disk is 99, expected 12"),
                new IncidentGroup(group, List.of(), 0),
                null);
    }

    private static void send(DetectorConfig config, List<Incident> incidents) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Incident incident : incidents) {
            records.add(new ProducerRecord<>(config.topics().incidents(), new IncidentCodec().encode(incident)));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
    }

    private static void sendScore(DetectorConfig config, long time) throws Exception {
        Score score = Score.unscored(config.detector(), "host-1", time, 0, 1, UnscoredReason.LATE);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().scores(), new ScoreCodec().encode(score))));
    }

    private String run(String... arguments) {
        assertThat(execute(arguments)).as("%s", err).isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    private String refusal(String... arguments) {
        assertThat(execute(arguments)).as("%s", out).isEqualTo(ExitCode.BAD_USE);
        return err.toString();
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }
}
