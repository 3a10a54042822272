package dev.noether.cli.stack;

import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.CheckpointOptions;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.RetainedCheckpoints;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.job.ScoringStart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The scoring job on its own Flink cluster inside this JVM. It continues from the newest checkpoint of the detector in
 * {@code checkpoints.directory}, if there is one. Thread-safe.
 */
public final class EmbeddedScoring implements RunningJob {
    /** Default of {@code checkpoints.directory} in version 0.1. */
    private static final Path EARLIER_DEFAULT = Path.of(".noether", "checkpoints");

    private final EmbeddedJob job;
    private final ScoringStart start;

    private EmbeddedScoring(EmbeddedJob job, ScoringStart start) {
        this.job = job;
        this.start = start;
    }

    /**
     * Starts the job; returns when Flink has accepted it.
     *
     * @throws StackException if Flink does not start or rejects the job
     */
    public static EmbeddedScoring start(DetectorConfig config) throws InterruptedException {
        return start(config, ScoringStart.resume(config, checkpoints(config)));
    }

    /**
     * Starts the job from a given point; returns when Flink has accepted it.
     *
     * @throws StackException if Flink does not start or rejects the job
     */
    public static EmbeddedScoring start(DetectorConfig config, ScoringStart start) throws InterruptedException {
        Configuration settings = LocalFlink.settings(JobSettings.of(config));
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        ScoringJob.define(environment, config, start.plan());
        EmbeddedJob job = EmbeddedJob.start(
                environment,
                settings,
                config,
                new EmbeddedJob.Submission(
                        AccessRole.SCORE,
                        "scoring job",
                        ScoringJob.name(config),
                        id(config.detector()),
                        checkpoints(config),
                        start.checkpoint()));
        return new EmbeddedScoring(job, start);
    }

    /** Returns the checkpoints and savepoints of a detector, the newest first. */
    public static List<Path> checkpoints(DetectorConfig config) {
        URI directory = config.checkpoints().directory();
        JobID job = id(config.detector());
        List<Path> checkpoints = RetainedCheckpoints.all(directory, job);
        boolean isDefault = directory.equals(CheckpointOptions.defaultDirectory(config.detector()));
        return checkpoints.isEmpty() && isDefault
                ? RetainedCheckpoints.all(EARLIER_DEFAULT.toAbsolutePath().toUri(), job)
                : checkpoints;
    }

    /** Job id of a detector: detectors that share a checkpoint directory each find their own checkpoints. */
    static JobID id(String detector) {
        UUID id = UUID.nameUUIDFromBytes(detector.getBytes(StandardCharsets.UTF_8));
        return new JobID(id.getLeastSignificantBits(), id.getMostSignificantBits());
    }

    /** Live metrics of the job. */
    @Override
    public JobMetrics metrics() {
        return job.metrics();
    }

    /** Checkpoint that the job continued from; empty if it started with empty state. */
    public Optional<Path> resumedFrom() {
        return start.checkpoint();
    }

    /** Says in one sentence what the job of a detector reads and writes, and where it began. */
    @Override
    public String describe(DetectorConfig config) {
        return "Scoring " + config.topics().observations() + " of "
                + config.kafka().bootstrapServers() + " into " + config.topics().scores()
                + resumedFrom().map(path -> ", from checkpoint " + path).orElse("") + ".";
    }

    /** What was unusual about the start, one line each. */
    @Override
    public List<String> startMessages() {
        return start.messages();
    }

    /** What the job does at the moment. */
    @Override
    public ScoringStatus status() {
        return job.status();
    }

    /**
     * Checks that the job is running or restarting.
     *
     * @throws StackException if it has ended or cannot restart
     */
    @Override
    public void check() {
        job.check();
    }

    /** Waits until the job has ended, by a failure or because it was stopped. */
    public void await() throws InterruptedException {
        job.await();
    }

    /** Cancels the job and stops Flink, within three seconds. The newest checkpoint is kept. */
    @Override
    public void close() {
        job.close();
    }
}
