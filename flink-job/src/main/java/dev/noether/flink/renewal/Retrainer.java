package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retrainer of one or more detectors. Any number of them may run, in several processes: for each detector one leads,
 * and the others wait. In one process, one training runs at a time. Thread safe.
 */
public final class Retrainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retrainer.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final List<DetectorRetrainer> detectors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Retrainer() {}

    /**
     * Starts a retrainer.
     *
     * @param configs configurations of the detectors, each of another name
     * @param settings how it works
     */
    public static Retrainer start(List<DetectorConfig> configs, RetrainerSettings settings) {
        Retrainer retrainer = new Retrainer();
        Semaphore slot = new Semaphore(1, true);
        long firstAt = System.currentTimeMillis() + settings.firstAfter().toMillis();
        for (DetectorConfig config : configs) {
            Duration interval = settings.intervalOf(config);
            LOG.info(
                    "Training models of detector {} every {}; the first, if there is none, in {}.",
                    config.detector(),
                    interval,
                    settings.firstAfter());
            RenewalSchedule schedule = new RenewalSchedule(interval, firstAt, settings.retry());
            retrainer.start(new DetectorRetrainer(config, settings, schedule, slot), config);
        }
        return retrainer;
    }

    private void start(DetectorRetrainer detector, DetectorConfig config) {
        Thread thread = new Thread(detector, "retrainer-" + config.detector());
        thread.setDaemon(true);
        detectors.add(detector);
        threads.add(thread);
        thread.start();
    }

    /**
     * Interrupts a running training and waits for its end. The training counts as running, so another retrainer, or this
     * one after its next start, repeats it.
     */
    @Override
    public void close() {
        detectors.forEach(DetectorRetrainer::close);
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                if (thread.isAlive()) {
                    LOG.warn("The thread {} did not end within {}.", thread.getName(), STOP_TIMEOUT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
