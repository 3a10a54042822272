package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.job.JobArguments;
import dev.noether.flink.renewal.LeaderDuties;
import dev.noether.flink.renewal.Retrainer;
import dev.noether.flink.renewal.RetrainerSettings;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retrainer as a service, until the process is stopped: {@code --config FILE|FOLDER [--bootstrap SERVERS]
 * [--first-after DURATION] [--healthy-file FILE] [--metrics-port PORT]}. Several may run; for each detector one leads.
 *
 * <p>The first training of a detector without a model starts after {@code --first-after}, an ISO-8601 duration (default
 * {@code PT0S}); then one starts every {@code retraining.interval}. The modification time of {@code --healthy-file} is
 * the time until which the service counts as healthy, see {@link RetrainerHealth}. {@code --metrics-port} is for
 * Prometheus, see {@link RetrainerMetrics}.
 */
public final class RetrainingService {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainingService.class);
    private static final String FIRST_AFTER = "--first-after";
    private static final String HEALTHY_FILE = "--healthy-file";
    private static final String METRICS_PORT = "--metrics-port";
    private static final int NO_PORT = -1;

    private RetrainingService() {}

    /** Runs the service. A stop signal ends a running training first. */
    public static void main(String[] arguments) throws InterruptedException {
        JobArguments values = JobArguments.parse(arguments, FIRST_AFTER, HEALTHY_FILE, METRICS_PORT);
        DetectorFiles files = values.configs(LOG::warn);
        files.problems().forEach(problem -> LOG.error("This detector is not trained: {}", problem));
        Duration firstAfter = values.duration(FIRST_AFTER, Duration.ZERO);
        String file = values.text(HEALTHY_FILE);
        RetrainerHealth health = new RetrainerHealth(
                file == null ? HealthFile.NONE : new HealthFile(Path.of(file)),
                files.detectors(),
                RetrainingService::interval,
                firstAfter,
                Clock.systemUTC());
        RetrainerMetrics metrics =
                new RetrainerMetrics(files.detectors(), RetrainingService::interval, health, Clock.systemUTC());
        int port = values.integer(METRICS_PORT, NO_PORT);
        if (port != NO_PORT) {
            MetricsPage.tryToOpen(port, metrics::text);
        }
        RetrainerSettings settings = new RetrainerSettings(
                        config -> new EmbeddedRetraining(config, HistoryRange.all()), metrics)
                .withDuties(LeaderDuties::of)
                .withFirstAfter(firstAfter);
        Retrainer retrainer = Retrainer.start(files.detectors(), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(retrainer::close, "stop-retraining"));
        new CountDownLatch(1).await();
    }

    private static Duration interval(DetectorConfig config) {
        return config.retraining().schedule().interval();
    }
}
