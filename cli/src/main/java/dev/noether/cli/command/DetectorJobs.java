package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.JobThread;
import dev.noether.cli.stack.RunningJob;
import dev.noether.flink.config.DetectorConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs of the same kind in this process, one for each detector. One that fails is named and tried again. Not thread safe. */
final class DetectorJobs implements AutoCloseable {
    private final Screen screen;
    private final Map<JobThread<?>, JobNews> jobs = new LinkedHashMap<>();

    private DetectorJobs(Screen screen) {
        this.screen = screen;
    }

    /**
     * Starts a job for each detector.
     *
     * @param work what the jobs do
     * @param screen shows what is new, each line with the name of its detector
     */
    static DetectorJobs start(List<DetectorConfig> configs, JobWork work, Screen screen) {
        DetectorJobs started = new DetectorJobs(screen);
        for (DetectorConfig config : configs) {
            started.jobs.put(
                    JobThread.start(work.kind(), config, work.preparation(), screen::line, JobThread.RETRY),
                    work.news().get());
        }
        return started;
    }

    /** Waits until each job has started or failed once; returns how many have started. */
    int awaitFirstTries() throws InterruptedException {
        int started = 0;
        for (JobThread<?> job : jobs.keySet()) {
            started += job.awaitFirstTry() ? 1 : 0;
        }
        return started;
    }

    /** Shows what is new since the call before. */
    void tellNews() {
        jobs.forEach((thread, news) -> {
            RunningJob job = thread.job();
            if (job != null) {
                news.of(job).forEach(line -> screen.line(thread.config().detector() + ": " + line));
            }
        });
    }

    /** Returns the progress of each job in one line, by the name of its detector. */
    Map<String, List<String>> progress() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        jobs.forEach((thread, news) -> {
            RunningJob job = thread.job();
            String line = job == null ? news.withoutJob(thread.problem()) : news.progress(job);
            lines.put(thread.config().detector(), List.of(line));
        });
        return lines;
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
