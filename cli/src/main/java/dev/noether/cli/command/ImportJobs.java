package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedImport;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.config.DetectorConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The imports of detectors in this process. One that fails is named and tried again. Not thread safe. */
final class ImportJobs implements AutoCloseable {
    private final Screen screen;
    private final Map<JobThread<EmbeddedImport>, ImportNews> jobs = new LinkedHashMap<>();

    private ImportJobs(Screen screen) {
        this.screen = screen;
    }

    /**
     * Starts a job for each detector.
     *
     * @param configs detectors with an import
     * @param preparation what is done before each start
     * @param screen shows what is new, each line with the name of its detector
     */
    static ImportJobs start(List<DetectorConfig> configs, ImportPreparation preparation, Screen screen) {
        ImportJobs started = new ImportJobs(screen);
        for (DetectorConfig config : configs) {
            started.jobs.put(
                    JobThread.start(JobThread.Kind.IMPORT, config, preparation, screen::line, JobThread.RETRY),
                    new ImportNews());
        }
        return started;
    }

    /** Waits until each job has started or failed once; returns how many have started. */
    int awaitFirstTries() throws InterruptedException {
        int started = 0;
        for (JobThread<EmbeddedImport> job : jobs.keySet()) {
            started += job.awaitFirstTry() ? 1 : 0;
        }
        return started;
    }

    /** Shows what is new since the call before. */
    void tellNews() {
        jobs.forEach((thread, news) -> {
            EmbeddedImport job = thread.job();
            if (job != null) {
                news.of(job).forEach(line -> screen.line(thread.config().detector() + ": " + line));
            }
        });
    }

    /** Returns the progress of each job in one line, by the name of its detector. */
    Map<String, List<String>> progress() {
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

    /** Begins to end all jobs at the same time. */
    void stop() {
        jobs.keySet().forEach(JobThread::stop);
    }

    /** Ends all jobs at the same time, within four seconds. */
    @Override
    public void close() {
        stop();
        jobs.keySet().forEach(JobThread::close);
    }
}
