package dev.noether.cli.infer;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.metric.MetricReader;
import dev.noether.flink.metric.MetricReaders;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.MalformedRecordException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Shows the newest values of a sample as an import reads them. Not thread safe. */
final class ImportPreview {
    private static final int MOST_SHOWN = 6;

    private final DetectorConfig config;
    private final MetricReader reader;
    /** The newest value of each feature, as a line. */
    private final Map<Integer, String> newest = new TreeMap<>();

    private int used;
    private int rejected;
    private String reason = "";

    /**
     * Makes a preview.
     *
     * @param config configuration of a detector whose observations are imported
     * @param patience how long a record waits for the schema registry
     */
    ImportPreview(DetectorConfig config, Duration patience) {
        this.config = config;
        reader = MetricReaders.of(config, patience);
    }

    /** Reads a sample and shows what it gives. */
    void show(List<ConsumerRecord<byte[], byte[]>> sample, PrintWriter screen) {
        sample.forEach(this::read);
        screen.println("The newest values, as the import reads them, before rates are taken:");
        newest.values().stream().limit(MOST_SHOWN).forEach(line -> screen.println("  " + line));
        if (newest.size() > MOST_SHOWN) {
            screen.println("  and of " + (newest.size() - MOST_SHOWN) + " more features");
        }
        screen.printf(Locale.ROOT, "%,d of %,d records have values of these features.%n", used, sample.size());
        if (rejected > 0) {
            screen.printf(Locale.ROOT, "%,d records would be rejected, the first because %s.%n", rejected, reason);
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            int values = reader.read(
                    record,
                    (entity, feature, series, time, kind, value) -> newest.put(
                            feature,
                            Instant.ofEpochMilli(time) + "  " + entity + "  "
                                    + config.features().name(feature) + " = " + ReadableQuantity.number(value)));
            used += values > 0 ? 1 : 0;
        } catch (MalformedRecordException e) {
            rejected++;
            reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
        }
    }
}
