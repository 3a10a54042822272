package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.job.JobArguments;
import dev.noether.flink.notify.Notifier;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier as a service, until the process is stopped: {@code --config FILE|FOLDER [--bootstrap SERVERS]
 * [--metrics-port PORT]}. It tells the incidents of each detector to the receivers that its file names. Several may run;
 * for each receiver one of them is active.
 */
public final class NotificationService {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationService.class);
    private static final String METRICS_PORT = "--metrics-port";
    private static final int NO_PORT = -1;

    private NotificationService() {}

    /** Runs the service. A stop signal ends a request that is under way first. */
    public static void main(String[] arguments) throws InterruptedException {
        JobArguments values = JobArguments.parse(arguments, METRICS_PORT);
        DetectorFiles files = values.configs(LOG::warn);
        files.problems().forEach(problem -> LOG.error("Nobody is told about this detector: {}", problem));
        NotifierMetrics metrics = new NotifierMetrics(Clock.systemUTC());
        for (DetectorConfig config : files.detectors()) {
            Notifier.receivers(config).forEach(receiver -> metrics.add(config.detector(), receiver));
        }
        int port = values.integer(METRICS_PORT, NO_PORT);
        if (port != NO_PORT) {
            MetricsPage.tryToOpen(port, metrics::text);
        }
        Notifier notifier = Notifier.start(files.detectors(), metrics);
        Runtime.getRuntime().addShutdownHook(new Thread(notifier::close, "stop-notifier"));
        new CountDownLatch(1).await();
    }
}
