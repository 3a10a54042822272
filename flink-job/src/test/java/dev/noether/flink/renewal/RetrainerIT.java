package dev.noether.flink.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.owner.Leadership;
import dev.noether.flink.owner.OwnerIdentity;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingCause;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import dev.noether.testing.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several retrainers of one detector at one broker. The trainers train nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RetrainerIT {
    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final List<Retrainer> retrainers = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void end() {
        retrainers.forEach(Retrainer::close);
        executor.shutdownNow();
    }

    /** The first one is as a process that is paused in a training, so that Kafka takes it for ended. */
    @Test
    void ofThreeRetrainersAnotherFinishesWhatTheLeaderDoesNotAndTheZombieIsNeverHeard() throws Exception {
        DetectorConfig config = config("three");
        TestingTrainer zombie = new TestingTrainer(config).deaf();
        OwnerIdentity identity = OwnerIdentity.ofThisProcess("none", "zombie");
        Leadership leadership = Leadership.join(config, identity, () -> {});
        Patience.await("a leader", leadership::isLeader, () -> "none");
        Future<?> lost = executor.submit(() -> {
            try (LeaderTopic topic = LeaderTopic.open(config, leadership::isLeader)) {
                return new TrainingProcedure(config, zombie, topic, "zombie")
                        .run(DueTraining.of(0, TrainingCause.SCHEDULE));
            }
        });
        zombie.started.await();
        TestingTrainer second = start(config, Duration.ofDays(1)).letEnd(9);
        TestingTrainer third = start(config, Duration.ofDays(1)).letEnd(9);
        assertThat(run(config).outcome()).isEqualTo(TrainingOutcome.RUNNING);
        assertThat(second.ranges).as("trainings beside the leader's").isEmpty();

        leadership.close();
        awaitModels(config, 1);

        zombie.letEnd(1);
        assertThatThrownBy(lost::get).hasCauseInstanceOf(AnnouncementException.class);
        assertThat(new ReleaseTopic(config).read())
                .extracting(ModelRelease::version)
                .containsExactly(1L);
        assertThat(second.ranges.size() + third.ranges.size()).isEqualTo(1);
        assertThat(run(config).runner()).isNotEqualTo("zombie");
        assertThat(run(config).outcome()).isEqualTo(TrainingOutcome.PROMOTED);
    }

    @Test
    void aRestartInTheMiddleRepeatsTheTraining() throws Exception {
        DetectorConfig config = config("restarted");
        TestingTrainer first = start(config, Duration.ofDays(1));
        first.started.await();
        retrainers.get(0).close();
        assertThat(run(config).outcome()).isEqualTo(TrainingOutcome.RUNNING);
        start(config, Duration.ofDays(1)).letEnd(9);
        awaitModels(config, 1);
        assertThat(run(config).cause()).isEqualTo(TrainingCause.SCHEDULE);
    }

    @Test
    void missedTrainingsAreCaughtUpByOne() throws Exception {
        DetectorConfig config = config("missed");
        long weekAgo = System.currentTimeMillis() - Duration.ofDays(7).toMillis();
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(new TrainingRun(
                    config.detector(),
                    TrainingCause.SCHEDULE,
                    TrainingOutcome.NO_MODEL,
                    weekAgo,
                    weekAgo + 1,
                    Score.NO_MODEL,
                    "earlier",
                    "too short")));
        }
        TestingTrainer trainer = start(config, Duration.ofDays(1)).letEnd(9);
        awaitModels(config, 1);
        assertThat(run(config).cause()).isEqualTo(TrainingCause.MISSED);
        // It looks once a second.
        Thread.sleep(1_500);
        assertThat(trainer.ranges).hasSize(1);
    }

    @Test
    void theLeaderAnswersARequestAndWhoAskedSeesTheOutcome() throws Exception {
        DetectorConfig config = config("asked");
        TestingTrainer leader = start(config, Duration.ofDays(1)).letEnd(1);
        awaitModels(config, 1);
        TestingTrainer unused = new TestingTrainer(config);
        List<String> messages = new CopyOnWriteArrayList<>();
        HistoryRange range = new HistoryRange(5, 7);
        Future<TrainingReport> report =
                executor.submit(() -> new TrainingOnDemand(config, unused, messages::add).run(range));
        Patience.await("the message", () -> messages.contains("The training runs."), () -> messages);
        leader.letEnd(1);
        assertThat(report.get().release())
                .isEqualTo(new ReleaseTopic(config).read().get(1));
        assertThat(report.get().run().cause()).isEqualTo(TrainingCause.REQUEST);
        assertThat(leader.ranges).containsExactly(HistoryRange.all(), range);
        assertThat(unused.ranges).isEmpty();
        assertThat(messages.get(0)).startsWith("Detector asked is trained by process ");
    }

    @Test
    void whoAskedTrainsIfTheLeaderLeaves() throws Exception {
        DetectorConfig config = config("left");
        TestingTrainer leader = start(config, Duration.ofDays(1)).letEnd(1);
        awaitModels(config, 1);
        TestingTrainer own = new TestingTrainer(config).letEnd(1);
        Future<TrainingReport> report =
                executor.submit(() -> new TrainingOnDemand(config, own, message -> {}).run(HistoryRange.all()));
        Patience.await("the training", () -> leader.ranges.size() == 2, () -> leader.ranges);
        retrainers.get(0).close();
        assertThat(report.get().run().version()).isEqualTo(2);
        assertThat(own.ranges).hasSize(1);
    }

    @Test
    void aCommandThatAnnouncesMeanwhileDoesNotSpoilTheTraining() throws Exception {
        DetectorConfig config = config("fenced");
        TestingTrainer leader = start(config, Duration.ofDays(1));
        leader.started.await();
        try (Announcer command = Announcer.open(config)) {
            command.announce(TestingTrainer.candidate(config, 1, 5).records());
        }
        leader.letEnd(1);
        awaitModels(config, 2);
        assertThat(run(config).version()).isEqualTo(2);
    }

    @Test
    void besideAnOlderRetrainerWithoutTransactionsEveryModelKeepsAVersionOfItsOwn() throws Exception {
        DetectorConfig config = config("older");
        TestingTrainer leader = start(config, Duration.ofDays(1));
        leader.started.await();
        Candidate before = TestingTrainer.candidate(config, 1, 7);
        announceAsBefore(config, before);
        leader.letEnd(1);
        awaitModels(config, 2);
        ModelRelease own = new ReleaseTopic(config).read().get(1);

        long late = System.currentTimeMillis() + 60_000;
        Candidate after = TestingTrainer.candidate(config, 2, late);
        announceAsBefore(config, after);
        awaitModels(config, 3);
        List<ModelRelease> releases = new ReleaseTopic(config).read();
        assertThat(releases.subList(0, 2)).containsExactly(before.release(), after.release());
        assertThat(releases.get(2).artifact()).isEqualTo(own.artifact());
        assertThat(releases.get(2).effectiveFrom())
                .as("not before that of the model that has taken its version")
                .isEqualTo(late);
        assertThat(run(config).version()).isEqualTo(3);
    }

    @Test
    void ofManyDetectorsOneIsTrainedAtATimeAndABrokenOneStopsNoOther() throws Exception {
        DetectorConfig broken = DetectorConfig.withDefaults("broken", new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers());
        List<DetectorConfig> configs = List.of(broken, config("one"), config("two"), config("many"));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Map<String, String> problems = new ConcurrentHashMap<>();
        RetrainerListener listener = new RetrainerListener() {
            @Override
            public void failed(DetectorConfig config, String reason) {
                problems.put(config.detector(), reason);
            }
        };
        RetrainerSettings settings = new RetrainerSettings(
                config -> (range, known) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    TestingTrainer trainer = new TestingTrainer(config).letEnd(1);
                    pause();
                    running.decrementAndGet();
                    return trainer.train(range, known);
                },
                listener);
        start(configs, settings.withInterval(Duration.ofMillis(1)));
        for (DetectorConfig config : configs.subList(1, 4)) {
            awaitModels(config, 2);
        }
        assertThat(most).hasValue(1);
        assertThat(problems).containsOnlyKeys("broken");
        assertThat(problems.get("broken")).contains("the topic broken.observations does not exist");
    }

    private static boolean isReady(DetectorConfig config) {
        try {
            TopicCheck.forRetraining(config);
            return true;
        } catch (TopicException notYet) {
            return false;
        }
    }

    private static void pause() throws RetrainingException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetrainingException("interrupted", e);
        }
    }

    @Test
    void whatTheLeaderWatchesIsAnnouncedAlsoWhileItTrains() throws Exception {
        DetectorConfig config = config("watched");
        TestingTrainer trainer = new TestingTrainer(config);
        Candidate extra = TestingTrainer.candidate(config, 5, 5);
        List<Thread> looked = new CopyOnWriteArrayList<>();
        List<Thread> closed = new CopyOnWriteArrayList<>();
        LeaderDuty duty = new LeaderDuty() {
            @Override
            public Duration interval() {
                return SOON;
            }

            @Override
            public List<ModelsRecord> look(ModelsTopicContent known) {
                looked.add(Thread.currentThread());
                return known.training() != null && known.releases().isEmpty() ? extra.records() : List.of();
            }

            @Override
            public void close() {
                closed.add(Thread.currentThread());
            }
        };
        start(
                List.of(config),
                new RetrainerSettings(any -> trainer, RetrainerListener.NONE).withDuties(any -> List.of(duty)));
        awaitModels(config, 1);
        assertThat(run(config).outcome()).isEqualTo(TrainingOutcome.RUNNING);
        trainer.letEnd(1);
        awaitModels(config, 2);
        assertThat(closed).isEmpty();
        retrainers.get(0).close();
        // The thread of the duties ends on its own where the one that closes is interrupted itself.
        Patience.await("end of the duties", () -> closed.contains(looked.get(looked.size() - 1)), closed::toString);
        // A leadership that was lost and won again has another thread.
        assertThat(closed)
                .as("closed once for each leadership, by the thread that looks")
                .doesNotHaveDuplicates()
                .isSubsetOf(looked)
                .contains(looked.get(looked.size() - 1));
    }

    @Test
    void aFailedTrainingIsTriedAgainAndSaid() throws Exception {
        DetectorConfig config = config("failing");
        AtomicInteger trainings = new AtomicInteger();
        TestingTrainer trainer = new TestingTrainer(config).letEnd(1);
        List<TrainingRun> ended = new CopyOnWriteArrayList<>();
        RetrainerListener listener = new RetrainerListener() {
            @Override
            public void ended(DetectorConfig one, TrainingRun run, ModelRelease release) {
                ended.add(run);
            }
        };
        RetrainerSettings settings = new RetrainerSettings(
                any -> (range, known) -> {
                    if (trainings.incrementAndGet() < 3) {
                        throw new RetrainingException("the store is full");
                    }
                    return trainer.train(range, known);
                },
                listener);
        start(List.of(config), settings);
        awaitModels(config, 1);
        Patience.await("three trainings", () -> ended.size() == 3, () -> ended);
        assertThat(ended.get(0).outcome()).isEqualTo(TrainingOutcome.FAILED);
        assertThat(ended.get(0).message()).isEqualTo("the store is full");
    }

    private TestingTrainer start(DetectorConfig config, Duration interval) {
        TestingTrainer trainer = new TestingTrainer(config);
        start(List.of(config), new RetrainerSettings(any -> trainer, RetrainerListener.NONE).withInterval(interval));
        return trainer;
    }

    private void start(List<DetectorConfig> configs, RetrainerSettings settings) {
        retrainers.add(Retrainer.start(configs, settings.withRetry(SOON)));
    }

    /** An earlier version of Noether writes a release and nothing else, without a transaction. */
    private static void announceAsBefore(DetectorConfig config, Candidate candidate) throws Exception {
        try (Announcer plain = Announcer.open(config.with(GeneralSection.EXACTLY_ONCE, false))) {
            plain.announce(List.of(candidate.release()));
        }
    }

    private static void awaitModels(DetectorConfig config, int count) throws Exception {
        ReleaseTopic topic = new ReleaseTopic(config);
        Patience.await(count + " models", () -> topic.read().size() >= count, topic::content);
    }

    private static TrainingRun run(DetectorConfig config) {
        return new ReleaseTopic(config).content().training();
    }

    private static DetectorConfig config(String detector) throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(folder.resolve("models").toUri());
        TopicSetup.create(config, 1, (short) 1);
        Patience.await("the topics of " + detector, () -> isReady(config), () -> "none");
        return config;
    }
}
