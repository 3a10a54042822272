package dev.noether.cli.scenario;

import dev.noether.cli.scenario.CommittedScores.Place;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.cli.verify.IncidentTopic;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An hour of event time is scored live, while two new models take over. Then another process scores the same
 * observations from the beginning, with another parallelism and other micro-batches, and is killed on the way. All
 * scores, models and incidents are the same.
 */
public final class ReplayScenario implements Scenario {
    private static final int SHOPS = 20;
    private static final long INTERVAL = 10_000;
    private static final int MINUTE = 6;
    private static final int HOUR = 60 * MINUTE;
    private static final int HISTORY = 6 * HOUR;
    private static final int END = HISTORY + HOUR;
    private static final int THIRD = HOUR / 3;
    private static final int BREAK_ROWS = 3;
    private static final int ROWS_BETWEEN_BREAKS = 5 * MINUTE;
    private static final float BREAK = 4;
    private static final double EQUAL = 1e-5;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated shops and of the training
     */
    public ReplayScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        try (LocalStack stack = LocalStack.start(new StackDirectory(folder), 0, config());
                ShopTraffic traffic = new ShopTraffic(stack.config(), SHOPS, INTERVAL, seed)) {
            DetectorConfig live = stack.config();
            live(stack, traffic, story);
            CommittedScores expected = CommittedScores.await(live, traffic.sent());
            story.tell("Scored live: " + expected.models() + ".");
            stack.scoring().close();
            DetectorConfig again = again(live, folder);
            replay(folder, again, traffic.sent(), story);
            compare(expected, CommittedScores.await(again, traffic.sent()), story);
            Set<String> incidents = incidents(live, traffic);
            story.check(
                    "The ids of the incidents are the same",
                    !incidents.isEmpty() && incidents.equals(incidents(again, traffic)),
                    incidents.size() + " incidents live, "
                            + incidents(again, traffic).size() + " in the replay");
        }
    }

    private static void live(LocalStack stack, ShopTraffic traffic, Story story) throws Exception {
        DetectorConfig config = stack.config();
        traffic.send(0, HISTORY, 1, ShopTraffic.Special.NONE);
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
            for (int third = 0; third < HOUR / THIRD; third++) {
                ModelRelease release = retraining.run();
                Waiting.until(
                        "model " + release.version(),
                        () -> stack.scoring().metrics().modelVersion() == release.version());
                story.tell("Model " + release.version() + " scores from "
                        + Instant.ofEpochMilli(release.effectiveFrom()) + " on.");
                int from = HISTORY + third * THIRD;
                traffic.send(from, from + THIRD, 1, ReplayScenario::breakOne);
                Waiting.until(
                        "the scores",
                        () -> stack.scoring().metrics().scored()
                                        + stack.scoring().metrics().unscored()
                                >= traffic.sent());
            }
        }
    }

    /** Every five minutes another shop breaks for half a minute. */
    private static void breakOne(long row, int shop, float... values) {
        if (row % ROWS_BETWEEN_BREAKS < BREAK_ROWS && shop == row / ROWS_BETWEEN_BREAKS % SHOPS) {
            values[0] *= BREAK;
        }
    }

    private static void replay(Path folder, DetectorConfig again, long rows, Story story) throws Exception {
        Path file = Files.writeString(folder.resolve("replay.yaml"), again.toYaml());
        CommandProcess first = CommandProcess.start(folder.resolve("score-1"), "score", "--config", file.toString());
        try {
            Waiting.until("a quarter of the scores of the replay", POLL, () -> written(again) > rows / 4);
        } finally {
            first.kill();
        }
        story.tell("Process " + first.pid() + " scores from the beginning, with parallelism " + again.parallelism()
                + ". Killed it (SIGKILL) after it had written " + written(again) + " of " + rows + " scores.");
        try (CommandProcess second =
                CommandProcess.start(folder.resolve("score-2"), "score", "--config", file.toString())) {
            CommittedScores.await(again, rows);
            awaitIncidents(again);
            story.tell("Process " + second.pid() + " went on to the end.");
        }
    }

    /** The incidents of the last rows follow with the next checkpoints. */
    private static void awaitIncidents(DetectorConfig again) throws InterruptedException {
        int[] before = {-1};
        Waiting.until("the incidents", Duration.ofSeconds(3), () -> {
            int now = IncidentTopic.latestStates(again).size();
            boolean isSame = now == before[0];
            before[0] = now;
            return isSame;
        });
    }

    private static long written(DetectorConfig config) {
        return Arrays.stream(TopicReader.endOffsets(config, config.topics().scores()))
                .sum();
    }

    private static void compare(CommittedScores expected, CommittedScores found, Story story) {
        double largest = 0;
        long others = 0;
        Map<Place, Score> again = found.byPlace();
        for (Map.Entry<Place, Score> entry : expected.byPlace().entrySet()) {
            Score one = entry.getValue();
            Score other = again.get(entry.getKey());
            boolean isSame = other != null
                    && one.modelVersion() == other.modelVersion()
                    && String.valueOf(one.modelHash()).equals(String.valueOf(other.modelHash()))
                    && one.verdict() == other.verdict();
            others += isSame ? 0 : 1;
            if (isSame && other != null && one.unscoredReason() == null) {
                largest = Math.max(largest, difference(one.score(), other.score()));
                largest = Math.max(largest, difference(one.threshold(), other.threshold()));
            }
        }
        story.check(
                "Each observation has exactly one score, live and in the replay",
                expected.duplicates() + found.duplicates() == 0 && expected.count() == found.count(),
                expected.count() + " and " + found.count() + ", " + (expected.duplicates() + found.duplicates())
                        + " twice");
        story.check("Models and verdicts are the same", others == 0, found.models() + "; " + others + " differ");
        story.check("Scores and thresholds are the same within 1e-5", largest < EQUAL, "largest difference " + largest);
        story.figure("largestDifference", largest);
    }

    /** The difference of two scores; relative if they are above 1, as single precision is. */
    private static double difference(double one, double other) {
        return Math.abs(one - other) / Math.max(1, Math.abs(one));
    }

    /** Those of the last minutes may wait for a time that one of the jobs did not see. */
    private static Set<String> incidents(DetectorConfig config, ShopTraffic traffic) {
        Set<String> ids = new TreeSet<>();
        IncidentTopic.latestStates(config).stream()
                .filter(incident -> incident.kind() == IncidentKind.ANOMALY)
                .filter(incident -> incident.start() < traffic.time(END - 5 * MINUTE))
                .forEach(incident -> ids.add(incident.id()));
        return ids;
    }

    private static DetectorConfig again(DetectorConfig live, Path folder) {
        DetectorConfig again = live.withCheckpointDirectory(
                        folder.resolve("checkpoints").resolve("replay").toUri())
                .with(TopicSection.SCORES, "replay.scores-again")
                .with(TopicSection.INCIDENTS, "replay.incidents-again")
                .with(TopicSection.REJECTED, "replay.rejected-again")
                .with(GeneralSection.PARALLELISM, 2)
                .with(MicroBatchSection.SIZE, 16);
        TopicSetup.create(again, 2, (short) 1);
        return again;
    }

    private DetectorConfig config() {
        return DetectorConfig.withDefaults("replay", new FeatureSchema(ShopTraffic.FEATURES))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(500))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.HISTORY, YEARS)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofHours(1)));
    }
}
