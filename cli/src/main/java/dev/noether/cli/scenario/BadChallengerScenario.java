package dev.noether.cli.scenario;

import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Seven models that must not score, offered one after another while the scoring job runs. The gate refuses each by the
 * figure that shows what is wrong, and the scores are those of the model in force alone.
 */
public final class BadChallengerScenario implements Scenario {
    private static final int SERVERS = 8;
    private static final int TRAINED = 2_880;
    private static final int OBSERVED = 4_000;
    /** Minutes of live rows after each challenger. */
    private static final int LIVE = 40;

    private static final int END = OBSERVED + LIVE * BadChallenger.values().length;
    /** Engines may add in another order. */
    private static final double TOLERANCE = 1e-5;

    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;
    private final ScenarioFleet fleet;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated servers and of the training
     */
    public BadChallengerScenario(long seed) {
        this.seed = seed;
        this.fleet = new ScenarioFleet(SERVERS, seed);
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        try (LocalStack stack = LocalStack.start(new StackDirectory(folder), 0, config())) {
            DetectorConfig config = stack.config();
            int rows = fleet.send(config, 0, TRAINED);
            story.tell("Sent two days of " + SERVERS + " servers, " + rows + " observations. Training model 1.");
            train(config, HistoryRange.all());
            Waiting.until("the model", () -> stack.scoring().metrics().modelVersion() >= 1);
            int scored = fleet.send(config, TRAINED, OBSERVED);
            story.tell("Model 1 is in force and scores. Making models that must not score.");
            ModelRelease champion = new ReleaseTopic(config).read().get(0);
            try (ChallengerWorkshop workshop = new ChallengerWorkshop(config, fleet, OBSERVED, seed)) {
                for (BadChallenger bad : BadChallenger.values()) {
                    offer(config, workshop.trainer(bad), bad, story);
                    int from = OBSERVED + bad.ordinal() * LIVE;
                    scored += fleet.send(config, from, from + LIVE);
                }
                List<Score> scores = committed(config, rows + scored);
                checkScores(champion, workshop, scores, scored, story);
            }
            TrainingReport good = train(config, new HistoryRange(ScenarioFleet.time(0), ScenarioFleet.time(END)));
            story.check(
                    "A good model takes over",
                    good.run().outcome() == TrainingOutcome.PROMOTED,
                    "model " + good.run().version() + ", trained on all rows so far: "
                            + good.run().outcome().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void offer(DetectorConfig config, ModelTrainer trainer, BadChallenger bad, Story story)
            throws Exception {
        TrainingReport report = new TrainingOnDemand(config, trainer, message -> {}).run(HistoryRange.all());
        long version = report.run().version();
        story.tell("Offered model " + version + ", a model " + bad.description() + ".");
        PromotionDecision decision = new ReleaseTopic(config)
                .content().decisions().stream()
                        .filter(one -> one.facts().model().version() == version)
                        .findFirst()
                        .orElseThrow();
        Optional<GateFigure> figure = decision.facts().figures().stream()
                .filter(one -> one.name().equals(bad.figure()) && !one.isPassed())
                .findFirst();
        boolean isRefused = decision instanceof PromotionDecision.Refused
                && report.release() != null
                && report.release().stage() == ReleaseStage.REFUSED;
        story.check(
                "It is refused by the figure `" + bad.figure() + "`",
                isRefused && figure.isPresent(),
                figure.map(GateFigure::sentence).orElse(decision.facts().reason()));
    }

    private static List<Score> committed(DetectorConfig config, int rows) throws InterruptedException {
        return CommittedScores.await(config, rows).byPlace().values().stream()
                .filter(score -> score.eventTime() >= ScenarioFleet.time(TRAINED))
                .toList();
    }

    private static void checkScores(
            ModelRelease champion, ChallengerWorkshop workshop, List<Score> scores, int rows, Story story)
            throws Exception {
        long others = scores.stream()
                .filter(score -> score.modelVersion() != champion.version()
                        || !champion.artifact().sha256().startsWith(String.valueOf(score.modelHash())))
                .count();
        story.check(
                "Model 1 scored each observation, and no other model did",
                others == 0 && scores.size() == rows,
                scores.size() + " scores of " + rows + " observations, " + others + " of another model");
        double difference = workshop.championAlone(champion).largestDifference(scores);
        story.check(
                "The scores are those of model 1 alone",
                difference <= TOLERANCE,
                String.format(Locale.ROOT, "largest relative difference %.1e", difference));
    }

    private static TrainingReport train(DetectorConfig config, HistoryRange range) throws Exception {
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
            return new TrainingOnDemand(config, retraining, message -> {}).run(range);
        }
    }

    private DetectorConfig config() {
        return DetectorConfig.withDefaults("bad-challenger", new FeatureSchema(fleet.features()))
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.HISTORY, YEARS)
                .with(RetrainingSection.EPOCHS, 4)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)));
    }
}
