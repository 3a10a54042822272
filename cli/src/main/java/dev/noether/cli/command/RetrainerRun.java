package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.renewal.LeaderDuties;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.Retrainer;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.flink.renewal.RetrainerSettings;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A retrainer in this process that tells a person what it does, until it is stopped. */
final class RetrainerRun implements RetrainerListener {
    private final Screen screen;
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    private RetrainerRun(Screen screen) {
        this.screen = screen;
    }

    /**
     * Trains the models of detectors until the thread is interrupted.
     *
     * @param firstAfter time to the first training of a detector without a model
     * @param interval time from one training to the next; null means each detector's setting
     * @return exit code
     */
    static int run(List<DetectorConfig> configs, Duration firstAfter, @Nullable Duration interval, Screen screen) {
        RetrainerSettings settings = settings(new RetrainerRun(screen));
        return run(configs, settings.withFirstAfter(firstAfter).withInterval(interval), screen);
    }

    /** Returns the settings of a retrainer that trains in this process and watches what a leader watches. */
    static RetrainerSettings settings(RetrainerListener listener) {
        return new RetrainerSettings(config -> new EmbeddedRetraining(config, HistoryRange.all()), listener)
                .withDuties(LeaderDuties::of);
    }

    /**
     * Trains now, and then again and again.
     *
     * @param range event times to train on; each training resolves an open end again
     */
    static int periodically(DetectorConfig config, HistoryRange range, @Nullable Duration interval, Screen screen)
            throws AnnouncementException {
        RetrainerSettings settings = new RetrainerSettings(one -> trainer(one, range), new RetrainerRun(screen))
                .withDuties(LeaderDuties::of)
                .withInterval(interval);
        Announcer.ask(
                config,
                new TrainingRequest(
                        config.detector(),
                        System.currentTimeMillis(),
                        "retrain --periodically",
                        Long.MIN_VALUE,
                        Long.MAX_VALUE));
        return run(List.of(config), settings, screen);
    }

    private static ModelTrainer trainer(DetectorConfig config, HistoryRange range) {
        EmbeddedRetraining embedded = new EmbeddedRetraining(config, range);
        return new ModelTrainer() {
            @Override
            public Candidate train(HistoryRange asked, ModelsTopicContent known) throws RetrainingException {
                return embedded.train(asked.equals(HistoryRange.all()) ? range : asked, known);
            }

            @Override
            public void close() {
                embedded.close();
            }
        };
    }

    private static int run(List<DetectorConfig> configs, RetrainerSettings settings, Screen screen) {
        configs.forEach(config ->
                screen.line("Training detector " + config.detector() + " every " + settings.intervalOf(config) + "."));
        screen.line("Ctrl-C stops.");
        Retrainer retrainer = Retrainer.start(configs, settings);
        try {
            new CountDownLatch(1).await();
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            return ExitCode.DONE;
        } finally {
            retrainer.close();
            screen.line("Stopped.");
        }
    }

    private void say(DetectorConfig config, String text) {
        text.lines().forEach(line -> screen.line(config.detector() + ": " + line));
    }

    @Override
    public void leads(DetectorConfig config, boolean isLeader) {
        problems.remove(config.detector());
        say(config, isLeader ? "this process leads." : "this process leads no more.");
    }

    @Override
    public void started(DetectorConfig config) {
        say(config, "training on " + config.topics().observations() + " …");
    }

    @Override
    public void ended(DetectorConfig config, TrainingRun run, @Nullable ModelRelease release) {
        say(config, TrainingNews.of(run, release));
    }

    @Override
    public void failed(DetectorConfig config, String reason) {
        if (!reason.equals(problems.put(config.detector(), reason))) {
            say(config, reason);
        }
    }
}
