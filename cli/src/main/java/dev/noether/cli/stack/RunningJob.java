package dev.noether.cli.stack;

import dev.noether.flink.config.DetectorConfig;
import java.util.List;

/** A job of a detector that runs in this JVM until it is closed. */
public interface RunningJob extends AutoCloseable {
    /** The counters and gauges of the job. */
    JobMetrics metrics();

    /** The status at the last look. */
    ScoringStatus status();

    /** What was unusual about the start, one line each. */
    List<String> startMessages();

    /** Says in one sentence what the job of a detector reads and writes, and where it began. */
    String describe(DetectorConfig config);

    /**
     * Checks that the job is running or restarting.
     *
     * @throws StackException if it has ended or cannot restart
     */
    void check();

    /** Cancels the job and stops Flink, within three seconds. The newest checkpoint is kept. */
    @Override
    void close();
}
