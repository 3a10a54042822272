package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.RunningJob;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs the job of one detector, or those of the detectors of a folder, until the thread is interrupted. */
final class JobRun {
    private static final Duration REPORT = Duration.ofMillis(500);

    private JobRun() {}

    /**
     * Runs. Of a folder, a detector that cannot have a job is named, and the others have theirs.
     *
     * @return exit code: a failure if there is a folder and no job could be started
     */
    static int run(DetectorsChoice detectors, JobWork work, Screen screen) throws Exception {
        DetectorFiles files = detectors.load();
        if (!detectors.isFolder()) {
            work.check().accept(files.detectors().get(0));
        }
        LogFile.in(Path.of(".noether"));
        try {
            return detectors.isFolder()
                    ? runAll(files, work, screen)
                    : runOne(files.detectors().get(0), work, screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    private static int runOne(DetectorConfig config, JobWork work, Screen screen) throws InterruptedException {
        DetectorConfig prepared = work.preparation().prepare(config, screen::line);
        try (RunningJob job = work.kind().starter().start(prepared)) {
            job.startMessages().forEach(screen::line);
            screen.line(job.describe(config) + " Ctrl-C stops.");
            JobNews news = work.news().get();
            // Ends by an exception: the job has ended, or the thread is interrupted.
            while (true) {
                Thread.sleep(REPORT.toMillis());
                job.check();
                news.of(job).forEach(screen::line);
                screen.progress(() -> news.progress(job));
            }
        }
    }

    private static int runAll(DetectorFiles files, JobWork work, Screen screen) throws InterruptedException {
        String participle = work.kind().participle();
        DetectorFiles distinct = files.withoutSharedOutputs();
        distinct.problems().forEach(problem -> screen.line("This detector is not " + participle + ": " + problem));
        List<DetectorConfig> usable = distinct.detectors().stream()
                .filter(one -> isUsable(one, work, screen))
                .toList();
        try (DetectorJobs jobs = DetectorJobs.start(usable, work, screen)) {
            int started = jobs.awaitFirstTries();
            if (started == 0) {
                screen.line("No detector can be " + participle + ".");
                return ExitCode.FAILED;
            }
            screen.line(started + " of " + usable.size() + " detectors are " + participle + ". Ctrl-C stops.");
            while (true) {
                Thread.sleep(REPORT.toMillis());
                jobs.tellNews();
                screen.progressLines(() -> ProgressLines.of(jobs.progress()));
            }
        }
    }

    private static boolean isUsable(DetectorConfig config, JobWork work, Screen screen) {
        try {
            work.check().accept(config);
            return true;
        } catch (BadUseException e) {
            screen.line(
                    "Detector " + config.detector() + " is not " + work.kind().participle() + ": " + e.getMessage());
            return false;
        }
    }
}
