package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.Retrainer;
import dev.noether.flink.renewal.RetrainerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detectors of which this process does everything: it imports their observations, scores them, and trains their models.
 * Each part fails by itself, is tried again by itself, and has its own lines on the screen. Not thread safe.
 */
final class RunningDetectors implements AutoCloseable {
    private static final Duration REPORT = Duration.ofMillis(500);

    private final Screen screen;
    private final DetectorJobs imports;
    private final DetectorJobs scoring;
    private final Retrainer retrainer;
    private final TrainingStatus training;

    private RunningDetectors(
            Screen screen, DetectorJobs imports, DetectorJobs scoring, Retrainer retrainer, TrainingStatus training) {
        this.screen = screen;
        this.imports = imports;
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
        configs.forEach(config -> screen.line("Detector " + config.detector() + " is "
                + (config.source().isImported() ? "imported, " : "") + "scored, and trained every "
                + config.retraining().schedule().interval() + "."));
        List<DetectorConfig> imported =
                configs.stream().filter(config -> config.source().isImported()).toList();
        screen.line("Ctrl-C stops.");
        TrainingStatus training = new TrainingStatus(screen);
        RetrainerSettings settings = RetrainerRun.settings(training).withFirstAfter(firstAfter);
        TopicCreation prepared = new TopicCreation();
        return new RunningDetectors(
                screen,
                DetectorJobs.start(imported, JobWork.imports(prepared), screen),
                DetectorJobs.start(configs, JobWork.scoring(prepared), screen),
                Retrainer.start(configs, settings),
                training);
    }

    /** Shows what happens until the thread is interrupted; returns the exit code. */
    int watch() {
        try {
            while (true) {
                Thread.sleep(REPORT.toMillis());
                imports.tellNews();
                scoring.tellNews();
                screen.progressLines(() -> ProgressLines.of(progress()));
            }
        } catch (InterruptedException stopped) {
            screen.line("Stopping …");
            return ExitCode.DONE;
        }
    }

    private Map<String, List<String>> progress() {
        Map<String, List<String>> imported = imports.progress();
        Map<String, List<String>> lines = new LinkedHashMap<>();
        scoring.progress().forEach((detector, texts) -> {
            List<String> all = new ArrayList<>(imported.getOrDefault(detector, List.of()));
            all.add(texts.get(0));
            String state = training.of(detector);
            if (!state.isEmpty()) {
                all.add(state);
            }
            lines.put(detector, all);
        });
        return lines;
    }

    /** Ends all parts at the same time. */
    @Override
    public void close() {
        imports.stop();
        scoring.stop();
        retrainer.close();
        scoring.close();
        imports.close();
        screen.line("Stopped.");
    }
}
