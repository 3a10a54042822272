package dev.noether.cli.fleet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The features of a simulated server, in the order of a row. */
enum ServerMetric {
    CPU_PERCENT(100),
    LOAD_AVERAGE,
    MEMORY_PERCENT(100),
    NETWORK_IN_MEGABYTES,
    NETWORK_OUT_MEGABYTES,
    REQUEST_RATE,
    LATENCY_MILLISECONDS,
    ERROR_RATE,
    DISK_PERCENT(100),
    DISK_WRITE_MEGABYTES,
    QUEUE_LENGTH,
    CONNECTIONS;

    private final double ceiling;

    ServerMetric() {
        this(Double.POSITIVE_INFINITY);
    }

    ServerMetric(double ceiling) {
        this.ceiling = ceiling;
    }

    /** The name in the feature schema. */
    String featureName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The index of a feature in a row; -1 if there is no such feature. */
    static int indexOf(String featureName) {
        List<String> names =
                Arrays.stream(values()).map(ServerMetric::featureName).toList();
        return names.indexOf(featureName);
    }

    /** The nearest value that the metric can have. */
    double possible(double value) {
        return Math.min(ceiling, Math.max(0, value));
    }
}
