package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the health file of a retrainer: it is healthy while, for each detector, some retrainer has made a model within
 * four intervals. A retrainer that waits for the leadership is healthy as the leader is. Thread safe.
 */
final class RetrainerHealth implements RetrainerListener {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainerHealth.class);

    /** Intervals without a model after which a service is unhealthy. */
    private static final int INTERVALS = 4;

    private final HealthFile file;
    private final Function<DetectorConfig, Duration> interval;
    private final Map<String, Instant> until = new HashMap<>();

    /**
     * Creates the health of a retrainer that starts now, and writes the file.
     *
     * @param interval time from one training of a detector to the next
     * @param firstAfter time until the first training
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    RetrainerHealth(
            HealthFile file,
            List<DetectorConfig> configs,
            Function<DetectorConfig, Duration> interval,
            Duration firstAfter,
            Clock clock) {
        this.file = file;
        this.interval = interval;
        for (DetectorConfig config : configs) {
            until.put(config.detector(), clock.instant().plus(validity(config)).plus(firstAfter));
        }
        write();
    }

    private Duration validity(DetectorConfig config) {
        return interval.apply(config).multipliedBy(INTERVALS);
    }

    @Override
    public synchronized void known(DetectorConfig config, TrainingRun newest) {
        if (newest.outcome() != TrainingOutcome.PROMOTED && newest.outcome() != TrainingOutcome.REFUSED) {
            return;
        }
        Instant valid = Instant.ofEpochMilli(newest.endedAt()).plus(validity(config));
        if (valid.isAfter(until.getOrDefault(config.detector(), Instant.MIN))) {
            until.put(config.detector(), valid);
            writeIfPossible();
        }
    }

    /** A full disk does not keep the retrainer from training. */
    private void writeIfPossible() {
        try {
            write();
        } catch (UncheckedIOException e) {
            LOG.warn("The retrainer works, but its health file does not say so: {}", e.getMessage());
        }
    }

    private void write() {
        until.values().stream().min(Instant::compareTo).ifPresent(file::set);
        LOG.debug("Healthy until {}.", until);
    }
}
