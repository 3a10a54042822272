package dev.noether.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of observations that the pipeline benchmark compares. */
enum BenchmarkSource {
    NOETHER,
    JSON,
    AVRO,
    CONFLUENT_AVRO,
    INFLUX,
    /** Metrics of OpenTelemetry, one record for each observation; they are imported. */
    OTLP_PROTO,
    /** One value a record, in JSON; they are imported. */
    LONG;

    /** Returns the name in the command. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether observations are assembled from the records. */
    boolean isImport() {
        return this == OTLP_PROTO || this == LONG;
    }

    /**
     * Returns the sources of these names.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    static List<BenchmarkSource> named(List<String> names) {
        return names.stream().map(BenchmarkSource::named).distinct().toList();
    }

    private static BenchmarkSource named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("`--source` must be one or several of "
                        + Arrays.stream(values()).map(BenchmarkSource::label).collect(Collectors.joining(", "))
                        + " (got " + name + ")"));
    }
}
