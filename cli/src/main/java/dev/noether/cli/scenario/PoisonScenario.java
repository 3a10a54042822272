package dev.noether.cli.scenario;

import dev.noether.cli.scenario.PoisonedServers.Incidents;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An incident that nobody marked is 5 % of the history. The next model must detect its kind almost as well as a model
 * that never saw it.
 */
public final class PoisonScenario implements Scenario {
    private static final long MINUTE = 60_000;
    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final int PART = 2_000;
    private static final int TEST = 1_000;
    private static final double MOST_LOSS = 0.05;
    private static final Duration YEARS = Duration.ofDays(3650);

    private final PoisonedServers servers;
    private final long seed;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated servers and of the training
     */
    public PoisonScenario(long seed) {
        this.seed = seed;
        this.servers = new PoisonedServers(2 * PART + TEST, seed);
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        Incidents poison = PoisonedServers.twentieth(PART, PART);
        try (LocalStack stack = LocalStack.start(new StackDirectory(folder), 0, config("poison"))) {
            DetectorConfig config = stack.config();
            send(config, 0, PART, Incidents.NONE);
            story.tell("Sent " + PART + " minutes of " + PoisonedServers.SERVERS + " servers. Training a first model.");
            train(config, 0, PART);
            Waiting.until("the model", () -> stack.scoring().metrics().modelVersion() >= 1);
            send(config, PART, 2 * PART, poison);
            story.tell("Sent " + PART + " minutes more, with an incident in 5 % of the rows that nobody marks.");
            tellFlagged(config, story, poison);

            ModelRelease filtered = train(config, PART, 2 * PART);
            tellLeftOut(filtered.provenance(), story);
            ModelRelease plain = train(config.with(RetrainingSection.MAX_LEFT_OUT, 0.0), PART, 2 * PART);
            story.tell("Trained a model on the same history as it is, for comparison.");
            ModelRelease clean = train(clean(config), PART, 2 * PART);
            story.tell("Trained a model on the same history without the incident, for comparison.");
            compare(config, clean, filtered, plain, story);
        }
    }

    private static void tellFlagged(DetectorConfig config, Story story, Incidents poison) throws InterruptedException {
        long flagged = CommittedScores.await(config, 2L * PoisonedServers.SERVERS * PART)
                .count(score -> score.verdict() == Verdict.ANOMALOUS
                        && poison.contains(server(score.entity()), row(score.eventTime())));
        story.tell("Model 1 found " + flagged + " rows of the incident anomalous: no single row shows it clearly.");
    }

    private static void tellLeftOut(Map<String, String> provenance, Story story) {
        story.tell("Trained the next model.");
        int flagged = Integer.parseInt(provenance.getOrDefault("data.leftOut.flagged", "0"));
        int extreme = Integer.parseInt(provenance.getOrDefault("data.leftOut.extreme", "0"));
        int incident = PoisonedServers.SERVERS * PART / 20;
        story.check(
                "About as many rows are left out as the incident has",
                Math.abs(flagged + extreme - incident) < incident / 4,
                "of " + provenance.get("data.rowsSeen") + " rows " + flagged
                        + " that model 1 found anomalous for long, and " + extreme
                        + " of long episodes far beyond the other rows; the incident has " + incident);
    }

    private void compare(
            DetectorConfig config, ModelRelease clean, ModelRelease filtered, ModelRelease plain, Story story)
            throws Exception {
        double best = area(config, clean);
        double with = area(config, filtered);
        double without = area(config, plain);
        story.check(
                "Incidents of this kind are detected within 5 % of a model with a clean history",
                with >= (1 - MOST_LOSS) * best,
                String.format(
                        Locale.ROOT,
                        "area under the precision-recall curve %.3f, with a clean history %.3f (%+.1f %%)",
                        with,
                        best,
                        100 * (with / best - 1)));
        story.check(
                "Plain retraining would have lost more",
                without < with,
                String.format(Locale.ROOT, "area %.3f (%+.1f %%)", without, 100 * (without / best - 1)));
    }

    /** Area under the precision-recall curve of later incidents of the same kind. */
    private double area(DetectorConfig config, ModelRelease release) throws Exception {
        ModelArtifact model = ArtifactCodec.verified(
                ModelStore.fetch(release.artifact()), release.artifact().sha256());
        Incidents incidents = PoisonedServers.hours(2 * PART, TEST);
        float[] scores = new float[PoisonedServers.SERVERS * TEST];
        boolean[] labels = new boolean[scores.length];
        try (Engine engine = config.model().engine().open();
                WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int server = 0; server < PoisonedServers.SERVERS; server++) {
                float[] rows = servers.server(server, incidents);
                EntityBaseline start = model.startingBaseline(name(server));
                EntityBaseline baseline = start.copy();
                WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, PoisonedServers.FEATURES);
                for (int i = 0; i < TEST; i++) {
                    int row = 2 * PART + i;
                    int position = buffer.addStored(time(row), rows, row * PoisonedServers.FEATURES);
                    labels[server * TEST + i] = incidents.contains(server, row);
                    if (buffer.windowEndsAt(position)) {
                        scorer.add(buffer, position);
                        scores[server * TEST + i] =
                                (float) scorer.judge(0, baseline, start).score();
                        scorer.clear();
                    }
                }
            }
        }
        return RankingMetrics.aucPr(scores, labels);
    }

    private static ModelRelease train(DetectorConfig config, int from, int to) throws Exception {
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
            TrainingReport report =
                    new TrainingOnDemand(config, retraining, message -> {}).run(new HistoryRange(time(from), time(to)));
            ModelRelease release = report.release();
            if (release == null) {
                throw new IllegalStateException(
                        "no model was trained: " + report.run().message());
            }
            return release;
        }
    }

    private DetectorConfig clean(DetectorConfig poisoned) {
        DetectorConfig config = config("clean")
                .withBootstrap(poisoned.kafka().bootstrapServers())
                .withModelStore(poisoned.model().store())
                .withCheckpointDirectory(poisoned.checkpoints().directory());
        TopicSetup.create(config, 1, (short) 1);
        send(config, PART, 2 * PART, Incidents.NONE);
        return config;
    }

    private void send(DetectorConfig config, int from, int to, Incidents incidents) {
        float[][] rows = new float[PoisonedServers.SERVERS][];
        Arrays.setAll(rows, server -> servers.server(server, incidents));
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int row = from; row < to; row++) {
                for (int server = 0; server < rows.length; server++) {
                    float[] values = Arrays.copyOfRange(
                            rows[server], row * PoisonedServers.FEATURES, (row + 1) * PoisonedServers.FEATURES);
                    publisher.send(name(server), time(row), values, ObservationPublisher.DeliveryListener.NONE);
                }
            }
            publisher.flush();
        }
    }

    private static String name(int server) {
        return "server-" + server;
    }

    private static int server(String name) {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static long time(int row) {
        return START + row * MINUTE;
    }

    private static int row(long time) {
        return (int) ((time - START) / MINUTE);
    }

    private DetectorConfig config(String detector) {
        List<String> features = IntStream.range(0, PoisonedServers.FEATURES)
                .mapToObj(feature -> "reading-" + feature)
                .toList();
        return DetectorConfig.withDefaults(detector, new FeatureSchema(features))
                .with(GeneralSection.PARALLELISM, 2)
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(ModelSection.CODE_SIZE, 6)
                .with(RetrainingSection.HISTORY, YEARS)
                .with(RetrainingSection.EPOCHS, 4)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)));
    }
}
