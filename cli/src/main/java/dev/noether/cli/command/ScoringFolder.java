package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.time.Duration;
import java.util.List;

/** Scores the detectors of a folder in one process, each with a job of its own. */
final class ScoringFolder {
    private static final Duration REPORT = Duration.ofMillis(500);

    private ScoringFolder() {}

    /**
     * Scores the detectors until the thread is interrupted. One that cannot be scored is named, and the others are
     * scored.
     *
     * @return exit code: a failure if no detector could be scored at the start
     */
    static int run(DetectorFiles files, JobThread.Preparation preparation, Screen screen) {
        DetectorFiles distinct = files.withoutSharedOutputs();
        distinct.problems().forEach(problem -> screen.line("This detector is not scored: " + problem));
        List<DetectorConfig> usable = distinct.detectors().stream()
                .filter(one -> isUsable(one, screen))
                .toList();
        try (ScoringJobs jobs = ScoringJobs.start(usable, preparation, screen)) {
            return watch(jobs, usable.size(), screen);
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

    private static int watch(ScoringJobs jobs, int count, Screen screen) throws InterruptedException {
        int started = jobs.awaitFirstTries();
        if (started == 0) {
            screen.line("No detector can be scored.");
            return ExitCode.FAILED;
        }
        screen.line(started + " of " + count + " detectors are scored. Ctrl-C stops.");
        while (true) {
            Thread.sleep(REPORT.toMillis());
            jobs.tellNews();
            screen.progressLines(() -> ProgressLines.of(jobs.progress()));
        }
    }
}
