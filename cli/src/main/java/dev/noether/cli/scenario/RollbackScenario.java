package dev.noether.cli.scenario;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.Promotion;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two models misbehave and are withdrawn by the probation. The first one is trained on a holiday, passes the gate on
 * the same holiday, and finds the next usual day anomalous. The second one is trained on values of a wrong unit, is
 * refused by the gate, and promoted by a person all the same.
 *
 * <p>A minute of event time lasts a tenth of a second here. So some rows behind the end of a model may be sent before
 * its withdrawal has reached the job.
 */
public final class RollbackScenario implements Scenario {
    private static final int SHOPS = 20;
    private static final long MINUTE = 60_000;
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int HOLIDAY = 2 * DAY;
    private static final int USUAL = HOLIDAY + DAY;
    private static final int WRONG_UNIT = USUAL + 10 * HOUR;
    private static final int RIGHT_UNIT = WRONG_UNIT + 9 * HOUR;
    private static final int REPAIRED = RIGHT_UNIT + HOUR;
    private static final int AFTER_ROLLBACK = 2 * HOUR;
    private static final double HOLIDAY_TRAFFIC = 0.1;
    private static final float THOUSAND = 1_000;
    private static final int LATENCY = ShopTraffic.FEATURES.indexOf("latency");
    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;
    /** First event time that was sent after the withdrawal of a model was known. */
    private final Map<Long, Long> knownFrom = new HashMap<>();

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated shops and of the training
     */
    public RollbackScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        try (LocalStack stack = LocalStack.start(new StackDirectory(folder), 0, config());
                ShopTraffic traffic = new ShopTraffic(stack.config(), SHOPS, MINUTE, seed)) {
            DetectorConfig config = stack.config();
            traffic.send(0, HOLIDAY, 1, ShopTraffic.Special.NONE);
            Path file = Files.writeString(folder.resolve("rollback.yaml"), config.toYaml());
            try (CommandProcess retrainer = CommandProcess.retrainer(folder.resolve("retrainer"), file)) {
                awaitModel(stack, 1);
                story.tell("Process " + retrainer.pid() + " has trained model 1 on two usual days of " + SHOPS
                        + " shops, and watches the probation of the models that follow.");
                long after = holiday(stack, traffic, story);
                traffic.send(after, WRONG_UNIT, 1, ShopTraffic.Special.NONE);
                wrongUnit(stack, traffic, story);
            }
            check(stack, traffic, story);
        }
    }

    /** Returns the row after the last one that was sent. */
    private long holiday(LocalStack stack, ShopTraffic traffic, Story story) throws Exception {
        traffic.send(HOLIDAY, USUAL, HOLIDAY_TRAFFIC, ShopTraffic.Special.NONE);
        awaitScored(stack, traffic);
        TrainingReport report = train(stack.config(), traffic, HOLIDAY, USUAL);
        story.check(
                "A model that is trained on a holiday passes the gate, which judges it on the end of the holiday",
                report.run().outcome() == TrainingOutcome.PROMOTED,
                "model " + report.run().version() + ": " + report.run().outcome()
                        + (report.run().message() == null
                                ? ""
                                : ", " + report.run().message()));
        awaitModel(stack, 2);
        story.tell("The next day is a usual one. Model 2 scores it.");
        return misbehave(stack, traffic, USUAL, 2, story);
    }

    private void wrongUnit(LocalStack stack, ShopTraffic traffic, Story story) throws Exception {
        traffic.send(WRONG_UNIT, RIGHT_UNIT, 1, (row, shop, values) -> values[LATENCY] /= THOUSAND);
        traffic.send(RIGHT_UNIT, REPAIRED, 1, ShopTraffic.Special.NONE);
        awaitScored(stack, traffic);
        story.tell("For nine hours a producer sends the latency in seconds in place of milliseconds; then it is"
                + " repaired.");
        DetectorConfig config = stack.config();
        TrainingReport report = train(config, traffic, WRONG_UNIT, REPAIRED);
        long version = report.run().version();
        story.check(
                "A model that is trained on the wrong unit is refused",
                report.run().outcome() == TrainingOutcome.REFUSED,
                "model " + version + ": " + report.run().message());
        ModelRelease promoted = Promotion.announce(
                config,
                requireNonNull(report.release(), "release"),
                Promotion.from(config, traffic.time(REPAIRED) - MINUTE, false),
                new ModelChange.Reason("a person", "Nobody reads figures.", List.of()));
        awaitModel(stack, promoted.version());
        story.tell("A person promotes it all the same: model " + promoted.version() + " scores from "
                + Instant.ofEpochMilli(promoted.effectiveFrom()) + " on.");
        misbehave(stack, traffic, REPAIRED, promoted.version(), story);
    }

    /** Sends usual rows, a minute at a time, until the model is withdrawn and for two hours more. */
    private long misbehave(LocalStack stack, ShopTraffic traffic, long from, long version, Story story)
            throws InterruptedException {
        ReleaseTopic topic = new ReleaseTopic(stack.config());
        long row = from;
        long until = from + stack.config().retraining().schedule().probation().toMinutes();
        Optional<ModelRelease> withdrawn = Optional.empty();
        while (withdrawn.isEmpty() && row < until) {
            traffic.send(row, ++row, 1, ShopTraffic.Special.NONE);
            Thread.sleep(PACE.toMillis());
            withdrawn = topic.read().stream()
                    .filter(one -> one.version() == version && one.stage() == ReleaseStage.RETIRED)
                    .findFirst();
        }
        String said = new ReleaseTopic(stack.config())
                .content().decisions().stream()
                        .filter(one -> one instanceof PromotionDecision.Withdrawn
                                && one.facts().model().version() == version)
                        .map(one -> "model " + version + " is withdrawn by "
                                + one.facts().decidedBy() + ": " + one.facts().reason())
                        .findFirst()
                        .orElse("model " + version + " is not withdrawn");
        story.check("Model " + version + " is withdrawn by itself within its probation", withdrawn.isPresent(), said);
        withdrawn.ifPresent(release -> story.tell("It ends "
                + Duration.ofMillis(release.effectiveTo() - release.effectiveFrom())
                + " of event time after its start."));
        knownFrom.put(version, traffic.time(row));
        awaitModel(stack, 1);
        traffic.send(row, row + AFTER_ROLLBACK, 1, ShopTraffic.Special.NONE);
        return row + AFTER_ROLLBACK;
    }

    private void check(LocalStack stack, ShopTraffic traffic, Story story) throws InterruptedException {
        awaitScored(stack, traffic);
        CommittedScores scores = CommittedScores.await(stack.config(), traffic.sent());
        story.check(
                "Nothing is lost: each observation has exactly one score",
                scores.count() == traffic.sent() && scores.duplicates() == 0,
                scores.count() + " scores of " + traffic.sent() + " observations, " + scores.duplicates()
                        + " of them twice");
        List<ModelRelease> releases = new ReleaseTopic(stack.config()).read();
        long wrong = scores.count(
                score -> score.modelVersion() > 0 && releases.stream().noneMatch(release -> isOf(release, score)));
        story.check(
                "Each model scores only from its start to its end, except rows that were sent before its end was known",
                wrong == 0,
                scores.models());
        knownFrom.forEach((version, from) -> {
            long rows = scores.count(score -> score.eventTime() >= from
                    && score.eventTime() < from + AFTER_ROLLBACK * MINUTE
                    && score.modelVersion() == 1);
            story.check(
                    "Model 1 goes on after model " + version,
                    rows == (long) AFTER_ROLLBACK * SHOPS,
                    rows + " rows in the two hours after it");
        });
    }

    private boolean isOf(ModelRelease release, Score score) {
        return release.version() == score.modelVersion()
                && score.eventTime() >= release.effectiveFrom()
                && score.eventTime()
                        < Math.max(release.effectiveTo(), knownFrom.getOrDefault(release.version(), Long.MIN_VALUE));
    }

    private static TrainingReport train(DetectorConfig config, ShopTraffic traffic, long from, long to)
            throws RetrainingException {
        HistoryRange range = new HistoryRange(traffic.time(from), traffic.time(to));
        try (EmbeddedRetraining own = new EmbeddedRetraining(config, range)) {
            return new TrainingOnDemand(config, own, line -> {}).run(range);
        }
    }

    private static void awaitModel(LocalStack stack, long version) throws InterruptedException {
        Waiting.until("model " + version, () -> stack.scoring().metrics().modelVersion() == version);
    }

    private static void awaitScored(LocalStack stack, ShopTraffic traffic) throws InterruptedException {
        Waiting.until(
                "the scores",
                () -> stack.scoring().metrics().scored()
                                + stack.scoring().metrics().unscored()
                        >= traffic.sent());
    }

    private DetectorConfig config() {
        return DetectorConfig.withDefaults("rollback", new FeatureSchema(ShopTraffic.FEATURES))
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.INTERVAL, YEARS)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)));
    }
}
