package dev.noether.cli.stack;

import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ImportOptions;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.RetainedCheckpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The import of a detector on its own Flink cluster inside this JVM. It continues from its newest checkpoint in {@code
 * checkpoints.directory}, if there is one. Thread-safe.
 */
public final class EmbeddedImport implements RunningJob {
    private final EmbeddedJob job;
    private final Optional<Path> checkpoint;

    private EmbeddedImport(EmbeddedJob job, Optional<Path> checkpoint) {
        this.job = job;
        this.checkpoint = checkpoint;
    }

    /**
     * Starts the job; returns when Flink has accepted it.
     *
     * @throws StackException if Flink does not start or rejects the job
     */
    public static EmbeddedImport start(DetectorConfig config) throws InterruptedException {
        // A detector's name contains no space.
        JobID id = EmbeddedScoring.id("import " + config.detector());
        List<Path> checkpoints = RetainedCheckpoints.all(config.checkpoints().directory(), id);
        Optional<Path> newest = checkpoints.stream().findFirst();
        Configuration settings = LocalFlink.settings(JobSettings.of(config));
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        ImportJob.define(environment, config);
        EmbeddedJob job = EmbeddedJob.start(
                environment,
                settings,
                config,
                new EmbeddedJob.Submission(
                        AccessRole.IMPORT, "import", ImportJob.name(config), id, checkpoints, newest));
        return new EmbeddedImport(job, newest);
    }

    /** Live metrics of the job. */
    @Override
    public JobMetrics metrics() {
        return job.metrics();
    }

    /** What the job does at the moment. */
    @Override
    public ScoringStatus status() {
        return job.status();
    }

    @Override
    public List<String> startMessages() {
        return List.of();
    }

    @Override
    public String describe(DetectorConfig config) {
        ImportOptions imported = config.source().imported();
        List<String> topics = new ArrayList<>(imported.topics());
        if (!imported.topicPattern().isEmpty()) {
            topics.add("topics like " + imported.topicPattern());
        }
        return "Importing " + String.join(", ", topics) + " of "
                + config.kafka().bootstrapServers() + " into " + config.topics().observations() + ", one row each "
                + imported.interval()
                + checkpoint.map(path -> ", from checkpoint " + path).orElse("") + ".";
    }

    @Override
    public void check() {
        job.check();
    }

    @Override
    public void close() {
        job.close();
    }
}
