package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.ScoringThread;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The detectors of a folder while one process scores them, each with a job of its own. */
final class ScoringFolder implements AutoCloseable {
    private static final Duration REPORT = Duration.ofMillis(500);

    private final Screen screen;
    private final Map<ScoringThread, ScoringNews> jobs = new LinkedHashMap<>();

    private ScoringFolder(Screen screen) {
        this.screen = screen;
    }

    /**
     * Scores the detectors until the thread is interrupted. One that cannot be scored is named, and the others are
     * scored.
     *
     * @return exit code: a failure if no detector could be scored at the start
     */
    static int run(DetectorFiles files, ScoringThread.Preparation preparation, Screen screen) {
        DetectorFiles distinct = files.withoutSharedOutputs();
        distinct.problems().forEach(problem -> screen.line("This detector is not scored: " + problem));
        List<DetectorConfig> usable = distinct.detectors().stream()
                .filter(one -> isUsable(one, screen))
                .toList();
        try (ScoringFolder folder = new ScoringFolder(screen)) {
            for (DetectorConfig config : usable) {
                folder.jobs.put(
                        ScoringThread.start(config, preparation, screen::line, ScoringThread.RETRY), new ScoringNews());
            }
            return folder.watch();
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    private static boolean isUsable(DetectorConfig config, Screen screen) {
        try {
            LocalFolders.check(config);
            return true;
        } catch (BadUseException e) {
            screen.line("Detector " + config.detector() + " is not scored: " + e.getMessage());
            return false;
        }
    }

    private int watch() throws InterruptedException {
        int started = 0;
        for (ScoringThread job : jobs.keySet()) {
            started += job.awaitFirstTry() ? 1 : 0;
        }
        if (started == 0) {
            screen.line("No detector can be scored.");
            return ExitCode.FAILED;
        }
        screen.line(started + " of " + jobs.size() + " detectors are scored. Ctrl-C stops.");
        while (true) {
            Thread.sleep(REPORT.toMillis());
            jobs.forEach(this::tellNews);
            screen.progressLines(this::progress);
        }
    }

    private void tellNews(ScoringThread job, ScoringNews news) {
        EmbeddedScoring scoring = job.scoring();
        if (scoring != null) {
            news.of(scoring).forEach(line -> screen.line(job.config().detector() + ": " + line));
        }
    }

    private List<String> progress() {
        int width = jobs.keySet().stream()
                .mapToInt(job -> job.config().detector().length())
                .max()
                .orElse(1);
        List<String> lines = new ArrayList<>();
        for (ScoringThread job : jobs.keySet()) {
            EmbeddedScoring scoring = job.scoring();
            String text = scoring != null
                    ? ScoringNews.progress(scoring)
                    : job.problem().isEmpty() ? "the scoring job starts" : "NOT SCORING: " + job.problem();
            lines.add(String.format("%-" + width + "s   %s", job.config().detector(), text));
        }
        return lines;
    }

    /** Ends all jobs at the same time, within four seconds. */
    @Override
    public void close() {
        jobs.keySet().forEach(ScoringThread::stop);
        jobs.keySet().forEach(ScoringThread::close);
    }
}
