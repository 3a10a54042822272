package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedImport;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Imports the observations of the detectors of a folder in one process, each with a job of its own. */
final class ImportFolder implements AutoCloseable {
    private static final Duration REPORT = Duration.ofMillis(500);

    private final Screen screen;
    private final Map<JobThread<EmbeddedImport>, ImportNews> jobs = new LinkedHashMap<>();

    private ImportFolder(Screen screen) {
        this.screen = screen;
    }

    /**
     * Imports until the thread is interrupted. A detector that cannot be imported is named, and the others are imported.
     *
     * @return exit code: a failure if no import could be started
     */
    static int run(DetectorFiles files, ImportPreparation preparation, Screen screen) {
        DetectorFiles distinct = files.withoutSharedOutputs();
        distinct.problems().forEach(problem -> screen.line("This detector is not imported: " + problem));
        List<DetectorConfig> usable =
                distinct.detectors().stream().filter(one -> isUsable(one, screen)).toList();
        try (ImportFolder folder = new ImportFolder(screen)) {
            for (DetectorConfig config : usable) {
                folder.jobs.put(
                        JobThread.start(JobThread.Kind.IMPORT, config, preparation, screen::line, JobThread.RETRY),
                        new ImportNews());
            }
            return folder.watch();
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    private static boolean isUsable(DetectorConfig config, Screen screen) {
        try {
            ImportPreparation.requireImport(config);
            LocalFolders.check(config);
            return true;
        } catch (BadUseException e) {
            screen.line("Detector " + config.detector() + " is not imported: " + e.getMessage());
            return false;
        }
    }

    private int watch() throws InterruptedException {
        int started = 0;
        for (JobThread<EmbeddedImport> job : jobs.keySet()) {
            started += job.awaitFirstTry() ? 1 : 0;
        }
        if (started == 0) {
            screen.line("No detector can be imported.");
            return ExitCode.FAILED;
        }
        screen.line(started + " of " + jobs.size() + " detectors are imported. Ctrl-C stops.");
        while (true) {
            Thread.sleep(REPORT.toMillis());
            jobs.forEach(this::tellNews);
            screen.progressLines(() -> ProgressLines.of(progress()));
        }
    }

    private void tellNews(JobThread<EmbeddedImport> thread, ImportNews news) {
        EmbeddedImport job = thread.job();
        if (job != null) {
            news.of(job).forEach(line -> screen.line(thread.config().detector() + ": " + line));
        }
    }

    private Map<String, List<String>> progress() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        jobs.forEach((thread, news) -> lines.put(thread.config().detector(), List.of(progress(thread, news))));
        return lines;
    }

    private static String progress(JobThread<EmbeddedImport> thread, ImportNews news) {
        EmbeddedImport job = thread.job();
        if (job != null) {
            return news.progress(job);
        }
        return thread.problem().isEmpty() ? "the import starts" : "NOT IMPORTING: " + thread.problem();
    }

    /** Ends all jobs at the same time, within four seconds. */
    @Override
    public void close() {
        jobs.keySet().forEach(JobThread::stop);
        jobs.keySet().forEach(JobThread::close);
    }
}
