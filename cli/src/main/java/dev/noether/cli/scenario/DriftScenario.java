package dev.noether.cli.scenario;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.fleet.NormalChange;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.drift.DriftFinding;
import dev.noether.flink.drift.DriftWatch;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What is normal for a fleet changes slowly, and then by a step. Three detectors begin with the same model. The models
 * of one are renewed, the second one keeps its first model, and the third one sees the same servers and faults without
 * the change: what it always tells must not be lost.
 *
 * <p>The history is sent as fast as Kafka takes it, so the event times run ahead of the clock. A retrainer counts its
 * days by the clock; here the scenario asks it for a training where a day of event time ends, and where the drift
 * watch finds a drift.
 */
public final class DriftScenario implements Scenario {
    private static final int SERVERS = 100;
    private static final int FAULTS = 48;
    private static final int WARM_UP_MINUTES = 24 * 60;
    private static final int SAMPLE_ROWS = 60_000;
    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated fleet and of the training
     */
    public DriftScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        FleetOptions options =
                new FleetOptions(SERVERS, DriftPhase.historyMinutes(), DriftPhase.liveMinutes(), FAULTS, seed);
        FleetSimulator steady = new FleetSimulator(options);
        FleetSimulator changing = new FleetSimulator(options.withChange(
                new NormalChange(DriftPhase.SLOW.start(), DriftPhase.SLOW.end(), DriftPhase.STEP.judgedFrom())));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            DetectorConfig renewed = config("renewed", "changing", folder, broker);
            DetectorConfig kept = config("kept", "changing", folder, broker);
            DetectorConfig unchanged = config("unchanged", "steady", folder, broker);
            FleetStream changes = new FleetStream(changing, renewed);
            FleetStream others = new FleetStream(steady, unchanged);
            changes.send(0, DriftPhase.historyMinutes());
            others.send(DriftPhase.historyMinutes() - WARM_UP_MINUTES, DriftPhase.historyMinutes());
            story.tell(String.format(
                    "Sent a week of %d servers, a row every %d minutes: %,d observations.",
                    SERVERS, FleetStream.EVERY, changes.sent()));
            try (CommandProcess retrainer = retrainer(folder, renewed);
                    RunningDetector first = new RunningDetector(renewed, changes);
                    RunningDetector second = new RunningDetector(kept, changes);
                    RunningDetector third = new RunningDetector(unchanged, others)) {
                first.awaitModel(1);
                second.begin(first.inForce());
                third.begin(first.inForce());
                story.tell("Process " + retrainer.pid() + " has trained model 1. Three detectors begin with it:"
                        + " `renewed`, `kept`, and `unchanged`, whose servers have the same faults and no change.");
                for (DriftPhase phase : DriftPhase.values()) {
                    changes.send(phase.start(), phase.end());
                    others.send(phase.start(), phase.end());
                    first.awaitScored();
                    live(phase, first, story);
                }
                first.awaitCommitted();
                second.awaitCommitted();
                third.awaitCommitted();
                new DriftReport(first.inForce(), steady, story).tell(renewed, kept, unchanged);
            }
        }
    }

    private static void live(DriftPhase phase, RunningDetector renewed, Story story)
            throws InterruptedException, RetrainingException {
        story.tell(phase.title() + ": scored.");
        switch (phase) {
            case STEP -> {
                renewed.awaitCommitted();
                DetectorConfig config = renewed.config();
                DriftFinding finding =
                        new DriftWatch(config, config.retraining().schedule().driftPeriod()).look(renewed.inForce());
                story.check("The drift is seen", finding.kind() == DriftFinding.Kind.DRIFT, finding.sentence());
                retrain(renewed, "because of the drift", story);
            }
            case SLOW, AFTER_FIRST -> retrain(renewed, "as each night", story);
            case BEFORE, AFTER_SECOND -> {}
        }
    }

    /** Has the retrainer train, as {@code ./noether retrain} does. */
    private static void retrain(RunningDetector detector, String why, Story story)
            throws InterruptedException, RetrainingException {
        DetectorConfig config = detector.config();
        try (EmbeddedRetraining own = new EmbeddedRetraining(config, HistoryRange.all())) {
            TrainingReport report = new TrainingOnDemand(config, own, line -> {}).run(HistoryRange.all());
            boolean isPromoted = report.run().outcome() == TrainingOutcome.PROMOTED;
            story.tell("Trained " + why + ". Model " + report.run().version()
                    + (isPromoted
                            ? " passed the gate. "
                            : " is refused: " + report.run().message() + " ")
                    + leftOut(requireNonNull(report.release(), "release")));
            if (isPromoted) {
                detector.awaitModel(report.run().version());
            }
        }
    }

    private static String leftOut(ModelRelease release) {
        return String.format(
                "Of %s rows of its history, models had found %s anomalous, which are left out%s.",
                release.provenance().get("data.rowsSeen"),
                release.provenance().getOrDefault("data.leftOut.flagged", "none"),
                release.provenance().containsKey("data.leftOut.limitExceeded") ? " no more: there are too many" : "");
    }

    private static CommandProcess retrainer(Path folder, DetectorConfig config) throws IOException {
        Path file = Files.writeString(folder.resolve("renewed.yaml"), config.toYaml());
        return CommandProcess.retrainer(folder.resolve("retrainer"), file);
    }

    private DetectorConfig config(String name, String observations, Path folder, EmbeddedBroker broker) {
        DetectorConfig config = DetectorConfig.withDefaults(name, new FeatureSchema(FleetSimulator.featureNames()))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(folder.resolve("models").toUri())
                .withCheckpointDirectory(folder.resolve("checkpoints").toUri())
                .with(TopicSection.OBSERVATIONS, observations)
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.INTERVAL, YEARS)
                .with(RetrainingSection.SEED, seed)
                .with(RetrainingSection.MAX_ROWS, SAMPLE_ROWS)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)));
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }
}
