package dev.noether.flink.metric;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationLimits;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.source.EntityReader;
import dev.noether.flink.source.FieldReaders;
import dev.noether.flink.source.TimeReader;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.SeriesHash;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records whose values are in fields: JSON, Avro and line protocol. A row has one metric, whose name is in a field
 * too, or one field for each metric. Not thread safe.
 */
final class FieldMetricReader implements MetricReader {
    private static final int[] NONE = new int[0];

    private final ObservationLimits limits;
    private final RegistrySchemas schemas;
    private final FieldReader reader;
    private final FieldValues values;
    private final EntityReader entities;
    private final TimeReader times;
    private final MetricPaths metric;
    private final int nameSlot;
    /** {@code [features]}, slot of the value; one and the same if a row has one metric. */
    private final int[] valueSlots;

    private final LabelFilter[] filters;
    private final String[] seriesPaths;
    private final int[] seriesSlots;
    private final int[] allFeatures;
    private final Map<String, int[]> featuresByName = new HashMap<>();
    private final ValueCollector collector = new ValueCollector();

    private final RowReceiver row = this::addRow;

    private byte @Nullable [] key;
    private long kafkaTime;
    private long now;

    /**
     * Makes a reader.
     *
     * @param config configuration of the detector
     * @param limits limits of a record and its times
     * @param patience how long a record waits for the schema registry
     */
    FieldMetricReader(DetectorConfig config, ObservationLimits limits, Duration patience) {
        this.limits = limits;
        FieldLayout layout = new FieldLayout(config.source(), config.features());
        schemas = new RegistrySchemas(config.registry(), patience);
        reader = FieldReaders.of(config.source(), schemas, layout.paths());
        values = layout.values();
        entities = new EntityReader(layout.entity());
        times = new TimeReader(layout.time(), layout.timeSlot());
        metric = layout.metric();
        nameSlot = layout.nameSlot();
        valueSlots = layout.valueSlots();
        seriesPaths = layout.series().keySet().toArray(new String[0]);
        seriesSlots = layout.series().values().stream().mapToInt(slot -> slot).toArray();
        List<MetricField> fields = config.source().metrics(config.features());
        filters = fields.stream()
                .map(field -> new LabelFilter(field.labels(), layout.labels()))
                .toArray(LabelFilter[]::new);
        allFeatures = new int[fields.size()];
        Arrays.setAll(allFeatures, i -> i);
        for (int feature : allFeatures) {
            featuresByName.merge(fields.get(feature).name(), new int[] {feature}, FieldMetricReader::joined);
        }
    }

    private static int[] joined(int[] some, int[] more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Override
    public int read(ConsumerRecord<byte[], byte[]> record, MetricReceiver receiver) throws MalformedRecordException {
        byte[] bytes = record.value();
        limits.checkLength(bytes);
        collector.clear();
        key = record.key();
        kafkaTime = record.timestamp();
        now = limits.clock().millis();
        values.clear();
        reader.readRows(bytes, values, row);
        return collector.giveTo(receiver);
    }

    @Override
    public String problem() {
        return schemas.problem();
    }

    /** Adds the values of the row that was read last. */
    private void addRow() {
        int wanted = 0;
        try {
            int[] candidates = candidates();
            String entity = null;
            long time = 0;
            long series = 0;
            for (int feature : candidates) {
                if (!values.isPresent(valueSlots[feature]) || !filters[feature].matches(values)) {
                    continue;
                }
                wanted++;
                if (entity == null) {
                    entity = entities.read(values, key);
                    limits.checkEntity(entity);
                    time = times.read(values, kafkaTime);
                    times.check(values, time, limits.times(), kafkaTime, now);
                    series = series();
                }
                collector.add(entity, feature, series, time, MetricKind.LEVEL, values.number(valueSlots[feature]));
            }
        } catch (MalformedRecordException e) {
            collector.refuse(Math.max(wanted, 1), e);
        }
    }

    private int[] candidates() throws MalformedRecordException {
        if (metric.isEmpty()) {
            return allFeatures;
        }
        String name = values.name(nameSlot);
        if (name == null) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED,
                    values.isPresent(nameSlot)
                            ? "the field `" + metric.name() + "` is " + values.shown(nameSlot)
                                    + ", expected the name of a metric (`source.metric`)"
                            : "the record has no field `" + metric.name()
                                    + "`, which holds the name of the metric (`source.metric`)");
        }
        return featuresByName.getOrDefault(name, NONE);
    }

    private long series() {
        long hash = values.series();
        for (int i = 0; i < seriesSlots.length; i++) {
            String label = values.name(seriesSlots[i]);
            if (label != null) {
                hash += SeriesHash.of(seriesPaths[i], label);
            }
        }
        return hash;
    }
}
