package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.feedback.TestingFeedback;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Incidents from a real broker to a real broker: what breaks, what falls silent, what breaks together. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class IncidentsIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final int FEATURES = 5;
    private static final int WINDOW = 2;
    private static final int ENTITIES = 20;
    private static final int ROWS = 4_000;
    private static final long STEP = 100;
    private static final long START = 1_700_000_000_000L;
    private static final int LONELY = 3;
    private static final int FIRST_OF_OUTBREAK = 5;
    private static final int LAST_OF_OUTBREAK = 15;
    private static final int SILENT = 18;
    private static final int FEW = 4;
    private static final int BREAK = 100;
    private static final int AGAIN = 200;
    private static final int OTHER = 400;
    private static final int THIRD = 600;
    /** An incident for the lonely one and each of the outbreak, opened and resolved; the group likewise; a silence. */
    private static final int RECORDS = 2 * (1 + LAST_OF_OUTBREAK - FIRST_OF_OUTBREAK + 1) + 2 + 1;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eachTroubleIsSaidOnceAlsoWhenTheJobDiesAmidIt() throws Exception {
        DetectorConfig disturbed = config("disturbed");
        announce(disturbed);
        TestingStream stream = stream(disturbed);
        stream.trickle(0, 1_200);
        TestingScoring first = TestingScoring.start(broker, REPORTER, disturbed, null);
        first.awaitScores(1_050);
        String checkpoint = first.cancel();
        stream.trickle(1_200, 2_400);
        TestingScoring second = TestingScoring.start(broker, REPORTER, disturbed, checkpoint);
        second.awaitScores(2_050);
        String again = second.cancel();
        stream.trickle(2_400, stream.size());
        TestingScoring third = TestingScoring.start(broker, REPORTER, disturbed, again);
        stream.awaitSent();
        third.awaitScores(stream.size());
        List<Incident> found = await(disturbed);
        third.stopWithSavepoint(directory);
        assertAsExpected(found);
        for (Score score : TestingScoring.scores(broker, disturbed).values()) {
            assertThat(score.verdict() == Verdict.ANOMALOUS)
                    .isEqualTo(!score.contributions().isEmpty());
        }

        DetectorConfig undisturbed = config("undisturbed")
                .with(TopicSection.OBSERVATIONS, disturbed.topics().observations());
        announce(undisturbed);
        TestingScoring whole = TestingScoring.start(broker, REPORTER, undisturbed, null);
        whole.awaitScores(stream.size());
        List<Incident> expected = await(undisturbed);
        whole.stopWithSavepoint(directory);
        assertThat(told(found)).containsExactlyInAnyOrderElementsOf(told(expected));
    }

    /** Four hosts; the first one breaks in the same way again and again, and once in another way. */
    @Test
    void aDismissedBreakIsSilentNextTimeAlsoAfterAKillAndInAReplay() throws Exception {
        DetectorConfig live = config("dismissed");
        announce(live);
        TestingStream stream = repeatedBreaks(live);
        TestingScoring first = TestingScoring.start(broker, REPORTER, live, null);
        stream.send(0, AGAIN * FEW);
        first.awaitScores(AGAIN * FEW);
        Patience.await("the incident", () -> !incidents(live).isEmpty(), () -> "none");
        Incident incident = incidents(live).get(0);
        new FeedbackTopic(live)
                .write(List.of(TestingFeedback.of(incident, FeedbackVerdict.DISMISSED, roundTime(AGAIN))));
        first.awaitGauge("feedbackJudgements", 1);
        stream.send(AGAIN * FEW, OTHER * FEW);
        first.awaitScores(OTHER * FEW);
        String checkpoint = first.cancel();
        TestingScoring second = TestingScoring.start(broker, REPORTER, live, checkpoint);
        stream.send(OTHER * FEW, stream.size());
        second.awaitScores(stream.size());
        second.cancel();

        Map<Long, String> told = told(live);
        assertThat(told.get(roundTime(BREAK))).isEqualTo("told");
        assertThat(saidOf(AGAIN + BREAK, told)).isNotEmpty().allMatch(said -> said.startsWith("dismissed once, on "));
        assertThat(told.get(roundTime(OTHER + BREAK))).as("another feature").isEqualTo("told");
        assertThat(saidOf(THIRD + BREAK, told)).isNotEmpty().allMatch(said -> said.startsWith("dismissed once, on "));

        DetectorConfig replay = live.with(TopicSection.SCORES, "replay.scores")
                .with(TopicSection.INCIDENTS, "replay.incidents")
                .with(GeneralSection.PARALLELISM, 1)
                .with(MicroBatchSection.SIZE, 7);
        TopicSetup.create(replay, 3, (short) 1);
        TestingScoring again = TestingScoring.start(broker, REPORTER, replay, null);
        again.awaitScores(stream.size());
        again.cancel();
        assertThat(told(replay)).isEqualTo(told);
    }

    /** What is said of each anomalous score of the first host, by event time. */
    private static Map<Long, String> told(DetectorConfig config) throws Exception {
        Map<Long, String> told = new TreeMap<>();
        for (Score score : TestingScoring.scores(broker, config).values()) {
            if (score.verdict() == Verdict.ANOMALOUS && score.entity().equals("host-0")) {
                told.put(score.eventTime(), score.suppressed() == null ? "told" : score.suppressed());
            }
        }
        return told;
    }

    /** What is said of a break and of the rows after it. */
    private static Collection<String> saidOf(int round, Map<Long, String> told) {
        return new TreeMap<>(told)
                .subMap(roundTime(round), roundTime(round + BREAK))
                .values();
    }

    private static long roundTime(int round) {
        return START + round * FEW * STEP;
    }

    private static TestingStream repeatedBreaks(DetectorConfig config) {
        SplittableRandom random = new SplittableRandom(12);
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < (THIRD + AGAIN) * FEW; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() * 0.01f;
            }
            int round = i / FEW;
            if (i % FEW == 0 && round % AGAIN == BREAK) {
                // An entity gets used to breaks, so each one is larger.
                values[round - BREAK == OTHER ? 4 : 2] = 1_000 * (float) Math.pow(10, round / AGAIN);
            }
            stream.add("host-" + i % FEW, START + i * STEP, values);
        }
        return stream;
    }

    @Test
    void scoresAreFollowedInTheTaskThatMakesThem() {
        DetectorConfig config = config("chained");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        ScoringJob.define(environment, config);
        List<String> tasks = StreamSupport.stream(
                        environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
                .map(JobVertex::getName)
                .toList();
        assertThat(tasks)
                .anySatisfy(
                        task -> assertThat(task).startsWith("score -> incidents -> repeated scores -> scores: Writer"));
        assertThat(tasks)
                .anySatisfy(task ->
                        assertThat(task).startsWith("groups -> repeated incidents -> incident records: Writer"));
    }

    private static void assertAsExpected(List<Incident> incidents) {
        assertThat(incidents).hasSize(RECORDS);
        List<Incident> groups = of(incidents, IncidentKind.GROUP);
        assertThat(groups).extracting(Incident::state).containsExactly(IncidentState.OPENED, IncidentState.RESOLVED);
        assertThat(groups).allSatisfy(group -> {
            assertThat(group.id()).isEqualTo(groups.get(0).id());
            assertThat(group.group().memberCount()).isEqualTo(LAST_OF_OUTBREAK - FIRST_OF_OUTBREAK + 1);
        });
        for (Incident anomaly : of(incidents, IncidentKind.ANOMALY)) {
            boolean lonely = anomaly.entity().equals("host-" + LONELY);
            assertThat(anomaly.group().id())
                    .isEqualTo(lonely ? null : groups.get(0).id());
            assertThat(anomaly.diagnosis().causes()).isNotEmpty();
            assertThat(anomaly.description())
                    .contains(anomaly.diagnosis().causes().get(0).feature());
        }
        assertThat(of(incidents, IncidentKind.SILENCE)).singleElement().satisfies(silence -> {
            assertThat(silence.entity()).isEqualTo("host-" + SILENT);
            assertThat(silence.time() - silence.start()).isBetween(0L, 3 * ENTITIES * STEP);
        });
    }

    /** What is said, without what differs between detectors and between sums of floating-point numbers. */
    private static List<String> told(List<Incident> incidents) {
        return incidents.stream()
                .map(incident -> String.join(
                        " ",
                        incident.entity(),
                        incident.kind().name(),
                        incident.state().name(),
                        incident.severity().name(),
                        String.valueOf(incident.start()),
                        String.valueOf(incident.end()),
                        String.valueOf(incident.count()),
                        incident.group().members().toString(),
                        String.valueOf(incident.group().id() == null)))
                .toList();
    }

    private static List<Incident> of(List<Incident> incidents, IncidentKind kind) {
        return incidents.stream().filter(incident -> incident.kind() == kind).toList();
    }

    private static List<Incident> await(DetectorConfig config) throws Exception {
        Patience.await(
                RECORDS + " records of incidents", () -> incidents(config).size() >= RECORDS, () -> {
                    try {
                        return told(incidents(config));
                    } catch (Exception e) {
                        return e;
                    }
                });
        return incidents(config);
    }

    private static List<Incident> incidents(DetectorConfig config) throws Exception {
        List<Incident> incidents = new ArrayList<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().incidents())) {
            Incident incident = new IncidentCodec().decode(record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(incident.id());
            incidents.add(incident);
        }
        return incidents;
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(GeneralSection.PARALLELISM, 2)
                .with(WindowSection.ROWS, WINDOW)
                .with(EntitySection.DISORDER, Duration.ofSeconds(1))
                .with(IncidentSection.QUIET, Duration.ofSeconds(10))
                .with(IncidentSection.SEVERITY_BANDS, List.of(1_000.0, 2_000.0, 3_000.0))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TopicSetup.create(config, 3, (short) 1);
        return config;
    }

    /** Every entity reports every two seconds. One breaks early, eleven in the middle, and one is silent later on. */
    private static TestingStream stream(DetectorConfig config) {
        SplittableRandom random = new SplittableRandom(11);
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < ROWS; i++) {
            int entity = i % ENTITIES;
            int round = i / ENTITIES;
            if (entity == SILENT && round >= 160) {
                continue;
            }
            boolean lonely = entity == LONELY && round == 50;
            boolean outbreak = entity >= FIRST_OF_OUTBREAK && entity <= LAST_OF_OUTBREAK && round == 102;
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() * 0.01f;
            }
            if (lonely || outbreak) {
                values[2] = 1_000;
            }
            stream.add("host-" + entity, START + i * STEP, values);
        }
        return stream;
    }

    private static void announce(DetectorConfig config) throws Exception {
        TestingModels models = new TestingModels(directory.resolve("models"), config.detector());
        ModelRelease release = models.release(1, 0, TestingModels.model(FEATURES, WINDOW, 3));
        byte[] key = (config.detector() + "/1").getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }
}
