package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.JobArguments;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.flink.schedule.Retraining;
import dev.noether.flink.schedule.RetrainingScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that trains a model every {@code retraining.interval}, until the process is stopped:
 * {@code --config FILE [--bootstrap SERVERS] [--first-after DURATION] [--healthy-file FILE]}.
 *
 * <p>The first training starts after {@code --first-after}, an ISO-8601 duration (default {@code PT0S}). The
 * modification time of {@code --healthy-file} is the time until which the service counts as healthy, see {@link
 * HealthFile}.
 */
public final class RetrainingService {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainingService.class);
    private static final String FIRST_AFTER = "--first-after";
    private static final String HEALTHY_FILE = "--healthy-file";

    private RetrainingService() {}

    /** Runs the service. A stop signal ends a running training first. */
    public static void main(String[] arguments) throws InterruptedException {
        JobArguments values = JobArguments.parse(arguments, FIRST_AFTER, HEALTHY_FILE);
        DetectorConfig config = values.config();
        Duration firstDelay = values.duration(FIRST_AFTER, Duration.ZERO);
        String file = values.text(HEALTHY_FILE);
        HealthFile health = file == null
                ? HealthFile.NONE
                : HealthFile.of(Path.of(file), config.retraining().schedule().interval());
        EmbeddedRetraining embedded = new EmbeddedRetraining(config, HistoryRange.all());
        RetrainingScheduler scheduler = start(config, firstDelay, health, () -> {
            // Checked before each training: the broker may have been away, and one clear line is better than a stack
            // trace.
            TopicCheck.forRetraining(config);
            return embedded.run();
        });
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            scheduler.close();
                            embedded.close();
                        },
                        "stop-retraining"));
        new CountDownLatch(1).await();
    }

    /** Starts the scheduler of a detector. */
    static RetrainingScheduler start(
            DetectorConfig config, Duration firstDelay, HealthFile health, Retraining retraining) {
        Duration interval = config.retraining().schedule().interval();
        RetrainingScheduler scheduler = new RetrainingScheduler(
                retraining,
                release -> {
                    LOG.info("Model {} of detector {} is announced.", release.version(), release.detector());
                    health.extend(Duration.ZERO);
                },
                reason -> LOG.warn(
                        "No new model: {}. The models in force stay. Next training in at most {}.", reason, interval));
        LOG.info(
                "Training models of detector {} every {} (retraining.interval), the first in {}.",
                config.detector(),
                interval,
                firstDelay);
        health.extend(firstDelay);
        scheduler.start(firstDelay, interval);
        return scheduler;
    }
}
