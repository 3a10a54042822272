package dev.noether.flink.container;

import dev.noether.flink.notify.NotifyListener;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a notifier, in Prometheus' text format, and its log. The label {@code job_name} ends with the detector's
 * name. Thread safe.
 */
final class NotifierMetrics implements NotifyListener {
    private static final Logger LOG = LoggerFactory.getLogger(NotifierMetrics.class);
    private static final String PREFIX = "noether_notify_";

    private final Clock clock;
    private final Map<Key, Values> receivers = new TreeMap<>();

    /** One receiver of one detector. */
    private record Key(String detector, String receiver) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDetector = detector.compareTo(other.detector);
            return byDetector == 0 ? receiver.compareTo(other.receiver) : byDetector;
        }
    }

    /** What is known of one receiver. */
    private static final class Values {
        private long told;
        private long failures;
        private long undelivered;
        private long failingSince = -1;
    }

    /** Creates the metrics. */
    NotifierMetrics(Clock clock) {
        this.clock = clock;
    }

    /** Shows a receiver before anything has happened. */
    synchronized void add(String detector, String receiver) {
        values(detector, receiver);
    }

    @Override
    public void follows(String detector, String receiver, int open) {
        LOG.info("Detector {}: {} is told from now on; {} incidents are open.", detector, receiver, open);
    }

    @Override
    public synchronized void told(String detector, String receiver, Incident incident, IncidentState change) {
        Values values = values(detector, receiver);
        values.told++;
        values.failingSince = -1;
        LOG.info("Detector {}: {} was told that incident {} is {}.", detector, receiver, incident.id(), change);
    }

    @Override
    public synchronized void failed(String detector, String receiver, String reason, long retryMillis) {
        Values values = values(detector, receiver);
        values.failures++;
        if (values.failingSince < 0) {
            values.failingSince = clock.millis();
        }
        LOG.warn("Detector {}: {}: {}. Next attempt in {} ms.", detector, receiver, reason, retryMillis);
    }

    @Override
    public synchronized void recovered(String detector, String receiver) {
        values(detector, receiver).failingSince = -1;
    }

    @Override
    public synchronized void gaveUp(String detector, String receiver, Incident incident, String reason) {
        values(detector, receiver).undelivered++;
        LOG.error("Detector {}: {} was not told of incident {}: {}", detector, receiver, incident.id(), reason);
    }

    @Override
    public synchronized void unreadable(String detector, String receiver, String reason) {
        values(detector, receiver).undelivered++;
        LOG.error("Detector {}: {}: {}", detector, receiver, reason);
    }

    private Values values(String detector, String receiver) {
        return receivers.computeIfAbsent(new Key(detector, receiver), key -> new Values());
    }

    /** Returns all metrics. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        add(out, "told", "counter", "notices that the receiver has taken", values -> values.told);
        add(out, "failures", "counter", "attempts that failed and are repeated", values -> values.failures);
        add(
                out,
                "undelivered",
                "counter",
                "records in the topic of what was not delivered",
                values -> values.undelivered);
        add(
                out,
                "failingSeconds",
                "gauge",
                "time since the first of the present failures; 0 if the last attempt succeeded",
                values -> values.failingSince < 0 ? 0 : Math.max(0, clock.millis() - values.failingSince) / 1e3);
        return out.toString();
    }

    private void add(StringBuilder out, String name, String type, String help, ToDoubleFunction<Values> value) {
        out.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        out.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
        receivers.forEach((key, values) -> out.append(PREFIX)
                .append(name)
                .append("{job_name=\"noether_notify_")
                .append(key.detector())
                .append("\",receiver=\"")
                .append(key.receiver())
                .append("\"} ")
                .append(value.applyAsDouble(values))
                .append('\n'));
    }
}
