package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.Retrainer;
import dev.noether.flink.renewal.RetrainerSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detectors of which this process does everything: it scores them, and trains their models. Each part fails by itself, is
 * tried again by itself, and has its own lines on the screen. Not thread safe.
 */
final class RunningDetectors implements AutoCloseable {
    private static final Duration REPORT = Duration.ofMillis(500);

    private final Screen screen;
    private final ScoringJobs scoring;
    private final Retrainer retrainer;
    private final TrainingStatus training;

    private RunningDetectors(Screen screen, ScoringJobs scoring, Retrainer retrainer, TrainingStatus training) {
        this.screen = screen;
        this.scoring = scoring;
        this.retrainer = retrainer;
        this.training = training;
    }

    /**
     * Starts all parts.
     *
     * @param firstAfter time to the first training of a detector without a model
     */
    static RunningDetectors start(List<DetectorConfig> configs, Duration firstAfter, Screen screen) {
        configs.forEach(config -> screen.line("Detector " + config.detector() + " is scored, and trained every "
                + config.retraining().schedule().interval() + "."));
        screen.line("Ctrl-C stops.");
        TrainingStatus training = new TrainingStatus(screen);
        RetrainerSettings settings = RetrainerRun.settings(training).withFirstAfter(firstAfter);
        return new RunningDetectors(
                screen,
                ScoringJobs.start(configs, new ScoringPreparation(false, (short) 1), screen),
                Retrainer.start(configs, settings),
                training);
    }

    /** Shows what happens until the thread is interrupted; returns the exit code. */
    int watch() {
        try {
            while (true) {
                Thread.sleep(REPORT.toMillis());
                scoring.tellNews();
                screen.progressLines(() -> ProgressLines.of(progress()));
            }
        } catch (InterruptedException stopped) {
            screen.line("Stopping …");
            return ExitCode.DONE;
        }
    }

    private Map<String, List<String>> progress() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        scoring.progress().forEach((detector, texts) -> {
            String state = training.of(detector);
            lines.put(detector, state.isEmpty() ? texts : List.of(texts.get(0), state));
        });
        return lines;
    }

    /** Ends all parts at the same time. */
    @Override
    public void close() {
        scoring.stop();
        retrainer.close();
        scoring.close();
        screen.line("Stopped.");
    }
}
