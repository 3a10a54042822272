package dev.noether.cli.scenario;

import dev.noether.cli.stream.FleetWorkload;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ModelsTopicFollower;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Three retrainers of one detector; the leader is killed in a training. Another one finishes, and one release appears. */
public final class LeaderScenario implements Scenario {
    private static final int SERVERS = 20;
    private static final int RETRAINERS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofSeconds(12);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Simulated times may be ahead of this machine's clock. */
    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated fleet and of the training
     */
    public LeaderScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        Workload workload =
                new FleetWorkload(SERVERS, FleetWorkload.HISTORY_MINUTES, FleetWorkload.SHORTEST_LIVE_MINUTES, seed);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            DetectorConfig config = config(workload, folder).withBootstrap(broker.bootstrapServers());
            TopicSetup.create(config, 1, (short) 1);
            story.tell("Sent a history of " + send(workload, config) + " observations of " + SERVERS + " servers.");
            Path detectors = Files.createDirectories(folder.resolve("detectors"));
            Files.writeString(detectors.resolve("leader.yaml"), config.toYaml());
            Files.writeString(detectors.resolve("broken.yaml"), "detector: broken\n");
            List<CommandProcess> retrainers = new ArrayList<>();
            try (ModelsTopicFollower topic = new ModelsTopicFollower(config)) {
                for (int i = 1; i <= RETRAINERS; i++) {
                    retrainers.add(CommandProcess.retrainer(folder.resolve("retrainer-" + i), detectors));
                }
                story.tell("Started " + RETRAINERS + " retrainers for the folder of detectors: processes "
                        + retrainers.stream().map(CommandProcess::pid).toList() + ". One of its files is broken.");
                kill(retrainers, topic, story);
            } finally {
                retrainers.forEach(CommandProcess::close);
            }
        }
    }

    private static void kill(List<CommandProcess> retrainers, ModelsTopicFollower topic, Story story)
            throws InterruptedException, IOException {
        TrainingRun first = await(topic, "a training", run -> run.outcome() == TrainingOutcome.RUNNING);
        CommandProcess leader = find(retrainers, first);
        story.tell("Process " + leader.pid() + " leads the detector and trains. Killing it (SIGKILL).");
        leader.kill();
        TrainingRun second = await(topic, "the repeated training", run -> !leader.runs(run));
        CommandProcess successor = find(retrainers, second);
        story.tell("Kafka gave the leadership to process " + successor.pid() + ", which repeats the training.");
        TrainingRun last = await(topic, "the end of the training", run -> run.outcome() != TrainingOutcome.RUNNING);
        story.tell("The training ended: " + last.outcome() + (last.message() == null ? "" : ", " + last.message())
                + ". Waiting for " + QUIET.toSeconds() + " s, in case a second release appears.");
        Thread.sleep(QUIET.toMillis());
        check(retrainers, leader, topic.read(), story);
    }

    private static void check(
            List<CommandProcess> retrainers, CommandProcess killed, ModelsTopicContent content, Story story)
            throws IOException {
        TrainingRun run = content.training();
        List<Long> versions =
                content.releases().stream().map(ModelRelease::version).toList();
        story.check("Exactly one release appears", versions.equals(List.of(1L)), "versions " + versions);
        story.check(
                "Another retrainer finished the training",
                run != null && !killed.runs(run) && run.outcome() == TrainingOutcome.PROMOTED,
                run == null ? "no training" : run.outcome() + " by " + run.runner());
        story.check(
                "The release has its decision",
                content.decisions().stream()
                        .anyMatch(decision -> decision.facts().model().version() == 1),
                content.decisions().size() + " decisions");
        long alive = retrainers.stream().filter(CommandProcess::isAlive).count();
        story.check("The other retrainers go on", alive == RETRAINERS - 1, alive + " of " + RETRAINERS + " run");
        boolean isNamed = killed.output().contains("broken.yaml");
        story.check("The broken detector file is named", isNamed, isNamed ? "broken.yaml" : killed.output());
    }

    private static CommandProcess find(List<CommandProcess> retrainers, TrainingRun run) {
        return retrainers.stream()
                .filter(one -> one.runs(run))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a process that was not started trains: " + run.runner()));
    }

    private static TrainingRun await(ModelsTopicFollower topic, String what, Predicate<TrainingRun> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            @Nullable TrainingRun run = topic.read().training();
            if (run != null && condition.test(run)) {
                return run;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + LIMIT.toSeconds() + " s for " + what + "; there is " + run);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private DetectorConfig config(Workload workload, Path folder) {
        return DetectorConfig.withDefaults("leader", new FeatureSchema(workload.features()))
                .withModelStore(folder.resolve("models").toUri())
                .withCheckpointDirectory(folder.resolve("checkpoints").toUri())
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.HISTORY, YEARS)
                .with(RetrainingSection.EPOCHS, 12)
                .with(RetrainingSection.BATCH_SIZE, 128)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)));
    }

    private static long send(Workload workload, DetectorConfig config) {
        List<String> entities = workload.entities();
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (RowCursor rows = workload.history(); rows.next(); ) {
                publisher.send(
                        entities.get(rows.entity()),
                        rows.eventTime(),
                        rows.values(),
                        ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
            return publisher.deliveredCount();
        }
    }
}
