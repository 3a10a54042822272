package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.config.DetectorConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scoring jobs of detectors in this process. One that fails is named and tried again. Not thread safe. */
final class ScoringJobs implements AutoCloseable {
    private final Screen screen;
    private final Map<JobThread<EmbeddedScoring>, ScoringNews> jobs = new LinkedHashMap<>();

    private ScoringJobs(Screen screen) {
        this.screen = screen;
    }

    /**
     * Starts a job for each detector.
     *
     * @param preparation what is done before each start
     * @param screen shows what is new, each line with the name of its detector
     */
    static ScoringJobs start(List<DetectorConfig> configs, JobThread.Preparation preparation, Screen screen) {
        ScoringJobs started = new ScoringJobs(screen);
        for (DetectorConfig config : configs) {
            started.jobs.put(
                    JobThread.start(JobThread.Kind.SCORING, config, preparation, screen::line, JobThread.RETRY),
                    new ScoringNews());
        }
        return started;
    }

    /** Waits until each job has started or failed once; returns how many have started. */
    int awaitFirstTries() throws InterruptedException {
        int started = 0;
        for (JobThread<EmbeddedScoring> job : jobs.keySet()) {
            started += job.awaitFirstTry() ? 1 : 0;
        }
        return started;
    }

    /** Shows what is new since the call before. */
    void tellNews() {
        jobs.forEach((job, news) -> {
            EmbeddedScoring scoring = job.job();
            if (scoring != null) {
                news.of(scoring).forEach(line -> screen.line(job.config().detector() + ": " + line));
            }
        });
    }

    /** Returns the progress of each job in one line, by the name of its detector. */
    Map<String, List<String>> progress() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        jobs.keySet().forEach(job -> lines.put(job.config().detector(), List.of(progress(job))));
        return lines;
    }

    private static String progress(JobThread<EmbeddedScoring> job) {
        EmbeddedScoring scoring = job.job();
        if (scoring != null) {
            return ScoringNews.progress(scoring);
        }
        return job.problem().isEmpty() ? "the scoring job starts" : "NOT SCORING: " + job.problem();
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
