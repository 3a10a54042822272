package dev.noether.flink.notify;

import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the incidents of one or more detectors to their receivers. Each receiver has a thread and a consumer group of its
 * own: one that does not answer holds up no other. Several notifiers of one detector may run; one of them is active for
 * each receiver, and another takes over when it ends. Thread safe.
 */
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final List<ReceiverRun> runs = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Notifier() {}

    /**
     * Checks a configuration, and returns the names of its receivers.
     *
     * @throws ConfigurationException if it names no receiver, or a secret cannot be read
     */
    public static List<String> receivers(DetectorConfig config) {
        return Receivers.of(config).stream().map(Receiver::name).toList();
    }

    /** Returns the text with which the consumer groups of a detector's receivers begin. */
    public static String groups(DetectorConfig config) {
        return "noether-" + config.detector() + "-notify-";
    }

    /**
     * Starts a notifier.
     *
     * @param configs configurations of the detectors, each of another name
     * @param listener learns what it does
     * @throws ConfigurationException if a configuration names no receiver, or a secret cannot be read
     */
    public static Notifier start(List<DetectorConfig> configs, NotifyListener listener) {
        Notifier notifier = new Notifier();
        for (DetectorConfig config : configs) {
            for (Receiver receiver : Receivers.of(config)) {
                ReceiverRun run = new ReceiverRun(config, receiver, listener);
                Thread thread = new Thread(run, "notify-" + config.detector() + "-" + receiver.name());
                thread.setDaemon(true);
                notifier.runs.add(run);
                notifier.threads.add(thread);
            }
        }
        notifier.threads.forEach(Thread::start);
        return notifier;
    }

    /** Ends. A request that is under way is ended first, so that its answer counts. */
    @Override
    public void close() {
        runs.forEach(ReceiverRun::close);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                if (thread.isAlive()) {
                    LOG.warn("The thread {} did not end within {}.", thread.getName(), STOP_TIMEOUT);
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
