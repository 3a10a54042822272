package dev.noether.cli.scenario;

import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.verify.IncidentTopic;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.judgement.FeedbackEntry;
import dev.noether.flink.judgement.IncidentVerdict;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A weekly backup of a database that alarms each week. It is dismissed twice, and is silent the third time; a break of
 * another kind in the same hour is still told.
 */
public final class FeedbackScenario implements Scenario {
    private static final List<String> FEATURES = List.of("cpu", "disk", "memory", "latency");
    private static final int DATABASES = 3;
    private static final long MINUTE = 60_000;
    private static final int WEEK_MINUTES = 7 * 24 * 60;
    private static final int DAY_MINUTES = 24 * 60;
    /** A Sunday. */
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    /** The backup begins at two o'clock. */
    private static final int BACKUP = 2 * 60;

    private static final int BACKUP_MINUTES = 5;
    /** The second backup is so much larger than the first one that a single dismissal does not hide it. */
    private static final List<Double> BACKUP_SIZES = List.of(1.0, 2.0, 1.9);

    private static final int LEAK = BACKUP + 40;
    private static final int WEEKS = BACKUP_SIZES.size();
    private static final Duration YEARS = Duration.ofDays(3650);

    private final long seed;

    /**
     * Creates the scenario.
     *
     * @param seed seed of the simulated databases and of the training
     */
    public FeedbackScenario(long seed) {
        this.seed = seed;
    }

    @Override
    public void run(Path folder, Story story) throws Exception {
        try (LocalStack stack = LocalStack.start(new StackDirectory(folder), 0, config())) {
            DetectorConfig config = stack.config();
            send(config, 0);
            story.tell("Sent a week of " + DATABASES + " databases without backups. Training a model.");
            try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
                retraining.run();
            }
            Waiting.until("the model", () -> stack.scoring().metrics().modelVersion() >= 1);
            for (int week = 1; week <= WEEKS; week++) {
                tellWeek(config, week, story);
            }
        }
    }

    private void tellWeek(DetectorConfig config, int week, Story story) throws InterruptedException {
        send(config, week);
        long end = time(week, WEEK_MINUTES - 1);
        Waiting.until(
                "the scores of week " + week, () -> ScoresTail.read(config).newest("db-1") >= end);
        Waiting.until(
                "the incident of week " + week, () -> find(config, week, BACKUP).isPresent());
        Incident backup = find(config, week, BACKUP).orElseThrow();
        story.tell("Week " + week + ": " + backup.description()
                + (backup.suppressed() == null ? "" : " [" + backup.suppressed() + "]"));
        if (week < WEEKS) {
            story.check("The backup of week " + week + " is told", backup.suppressed() == null, said(backup));
            new FeedbackEntry(IncidentVerdict.DISMISS, "scenario", "weekly backup", null)
                    .write(config, backup.id())
                    .forEach(story::tell);
            return;
        }
        story.check("The third backup is silent", backup.suppressed() != null, said(backup));
        Waiting.until("the incident of the leak", () -> find(config, week, LEAK).isPresent());
        Incident leak = find(config, week, LEAK).orElseThrow();
        story.check(
                "A break of another kind in the same hour is told",
                leak.suppressed() == null
                        && leak.diagnosis().causes().stream()
                                .findFirst()
                                .map(Cause::feature)
                                .equals(Optional.of("memory")),
                leak.description());
    }

    private static String said(Incident incident) {
        return incident.suppressed() == null ? "it may alert somebody" : incident.suppressed();
    }

    /** The incident of the first database that begins within a few minutes after a minute of a week. */
    private static Optional<Incident> find(DetectorConfig config, int week, int minute) {
        return IncidentTopic.latestStates(config).stream()
                .filter(incident -> incident.entity().equals("db-1") && incident.kind() == IncidentKind.ANOMALY)
                .filter(incident -> incident.start() >= time(week, minute)
                        && incident.start() < time(week, minute + BACKUP_MINUTES))
                .findFirst();
    }

    private static long time(int week, int minute) {
        return START + ((long) week * WEEK_MINUTES + minute) * MINUTE;
    }

    private void send(DetectorConfig config, int week) {
        SplittableRandom random = new SplittableRandom(seed + week);
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int minute = 0; minute < WEEK_MINUTES; minute++) {
                for (int database = 1; database <= DATABASES; database++) {
                    float[] values = normal(minute, random);
                    if (week > 0 && database == 1) {
                        disturb(values, week, minute);
                    }
                    publisher.send(
                            "db-" + database, time(week, minute), values, ObservationPublisher.DeliveryListener.NONE);
                }
            }
            publisher.flush();
        }
    }

    /** More load by day than by night. */
    private static float[] normal(int minute, SplittableRandom random) {
        double load = 1 - Math.cos(2 * Math.PI * minute / DAY_MINUTES);
        float[] values = new float[FEATURES.size()];
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (20 + 5 * load * (j + 1) + 2 * random.nextGaussian());
        }
        return values;
    }

    private static void disturb(float[] values, int week, int minute) {
        if (minute >= BACKUP && minute < BACKUP + BACKUP_MINUTES) {
            values[0] += (float) (60 * BACKUP_SIZES.get(week - 1));
            values[1] += (float) (120 * BACKUP_SIZES.get(week - 1));
        }
        if (week == WEEKS && minute >= LEAK && minute < LEAK + BACKUP_MINUTES) {
            values[2] += 90;
        }
    }

    private DetectorConfig config() {
        return DetectorConfig.withDefaults("feedback", new FeatureSchema(FEATURES))
                .with(GeneralSection.PARALLELISM, 2)
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(EntitySection.MAX_AHEAD, YEARS)
                .with(RetrainingSection.HISTORY, YEARS)
                .with(RetrainingSection.SEED, seed)
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(7)));
    }
}
