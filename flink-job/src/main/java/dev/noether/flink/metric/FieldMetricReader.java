package dev.noether.flink.metric;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.ingest.ObservationLimits;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.source.EntityReader;
import dev.noether.flink.source.FieldReaders;
import dev.noether.flink.source.TimeReader;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.SeriesHash;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final FieldReader reader;
    private final RegistrySchemas schemas;
    private final FieldValues values;
    private final EntityReader entities;
    private final TimeReader times;
    private final boolean isInflux;

    /** {@code [features]}, slot of the value; one and the same if a row has one metric. */
    private final int[] valueSlots;

    private final LabelFilter[] filters;
    private final MetricPaths metric;
    private final int nameSlot;
    private final Map<String, int[]> featuresByName = new HashMap<>();
    private final int[] all;
    private final String[] seriesPaths;
    private final int[] seriesSlots;
    private final ValueCollector collector = new ValueCollector();

    private byte @Nullable [] key;
    private long kafkaTime;
    private long now;

    FieldMetricReader(DetectorConfig config, ObservationLimits limits, Duration patience) {
        this.limits = limits;
        SourceOptions source = config.source();
        isInflux = source.format() == SourceFormat.INFLUX;
        metric = source.imported().metric();
        List<MetricField> fields = source.metrics(config.features());
        List<String> paths = new ArrayList<>();
        source.entity().forEach(path -> paths.add(path.equals(SourceOptions.KEY) ? "" : path));
        entities = new EntityReader(source.entity());
        times = new TimeReader(source.time(), paths.size());
        paths.add(source.time().path().isEmpty() && isInflux ? "time" : source.time().path());
        nameSlot = paths.size();
        valueSlots = valueSlots(fields, paths);
        Map<String, Integer> labels = new LinkedHashMap<>();
        fields.forEach(field -> field.labels().keySet().forEach(path -> addLabel(path, labels, paths)));
        source.imported().series().forEach(path -> addLabel(path, labels, paths));
        filters = fields.stream()
                .map(field -> new LabelFilter(field.labels(), labels))
                .toArray(LabelFilter[]::new);
        seriesPaths = labels.keySet().toArray(new String[0]);
        seriesSlots = labels.values().stream().mapToInt(slot -> slot).toArray();
        all = indexByName(fields);
        schemas = new RegistrySchemas(config.registry(), patience);
        reader = FieldReaders.of(source, schemas, paths);
        values = new FieldValues(paths.size());
    }

    private int[] valueSlots(List<MetricField> fields, List<String> paths) {
        int[] slots = new int[fields.size()];
        if (!metric.isEmpty()) {
            paths.add(metric.name());
            Arrays.fill(slots, paths.size());
            paths.add(metric.value());
            return slots;
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i] = paths.size();
            paths.add(fields.get(i).name());
        }
        return slots;
    }

    private static void addLabel(String path, Map<String, Integer> labels, List<String> paths) {
        if (!labels.containsKey(path)) {
            labels.put(path, paths.size());
            paths.add(path);
        }
    }

    private int[] indexByName(List<MetricField> fields) {
        int[] indexes = new int[fields.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i;
            int[] known = featuresByName.getOrDefault(fields.get(i).name(), NONE);
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = i;
            featuresByName.put(fields.get(i).name(), more);
        }
        return indexes;
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
        reader.read(bytes, values);
        addRow();
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
            return all;
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
        if (isInflux) {
            return values.series();
        }
        long hash = SeriesHash.NONE;
        for (int i = 0; i < seriesSlots.length; i++) {
            String label = values.name(seriesSlots[i]);
            if (label != null) {
                hash += SeriesHash.of(seriesPaths[i], label);
            }
        }
        return hash;
    }
}
