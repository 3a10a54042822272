package dev.noether.flink.metric;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.SourceOptions;
import dev.noether.flink.ingest.ObservationLimits;
import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.SourceFormat;
import dev.noether.flink.source.EntityReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.otlp.OtlpJson;
import dev.noether.flink.source.otlp.OtlpPart;
import dev.noether.flink.source.otlp.OtlpPoint;
import dev.noether.flink.source.otlp.OtlpReader;
import dev.noether.flink.source.otlp.OtlpReceiver;
import dev.noether.schemas.MalformedRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads metrics of OpenTelemetry. A feature is the value of a gauge or a sum, or, with a suffix of its name, a part of a
 * histogram or summary: {@code NAME.count}, {@code .sum}, {@code .min}, {@code .max} and quantiles such as {@code .p99}.
 * Not thread safe.
 */
final class OtlpMetricReader implements MetricReader, OtlpReceiver {
    private final ObservationLimits limits;
    private final boolean isJson;
    private final OtlpJson json = new OtlpJson();
    private final OtlpReader reader;
    private final EntityReader entities;
    private final LabelFilter[] filters;
    private final Map<String, List<Wanted>> wantedByName = new HashMap<>();
    private final ValueCollector collector = new ValueCollector();

    private @Nullable List<Wanted> wanted;
    private byte @Nullable [] key;
    private long kafkaTime;

    /** A feature that is made of a part of a metric. */
    private record Wanted(int feature, OtlpPart part) {}

    /**
     * Makes a reader.
     *
     * @param config configuration of the detector
     * @param limits limits of a record and its times
     */
    OtlpMetricReader(DetectorConfig config, ObservationLimits limits) {
        this.limits = limits;
        SourceOptions source = config.source();
        isJson = source.format() == SourceFormat.OTLP_JSON;
        List<String> labels = new ArrayList<>();
        source.entity().forEach(name -> labels.add(name.equals(SourceOptions.KEY) ? "" : name));
        entities = new EntityReader(source.entity());
        List<MetricField> fields = source.metrics(config.features());
        Map<String, Integer> slots = new LinkedHashMap<>();
        fields.forEach(field -> field.labels()
                .keySet()
                .forEach(label -> slots.computeIfAbsent(label, name -> {
                    labels.add(name);
                    return labels.size() - 1;
                })));
        filters = fields.stream()
                .map(field -> new LabelFilter(field.labels(), slots))
                .toArray(LabelFilter[]::new);
        reader = new OtlpReader(labels);
        for (int feature = 0; feature < fields.size(); feature++) {
            want(feature, fields.get(feature).name());
        }
    }

    private void want(int feature, String name) {
        wantedByName.computeIfAbsent(name, key -> new ArrayList<>()).add(new Wanted(feature, OtlpPart.VALUE));
        // In p99.9 the dot belongs to the suffix.
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            OtlpPart part = OtlpPart.ofSuffix(name.substring(dot + 1));
            if (part != null) {
                wantedByName
                        .computeIfAbsent(name.substring(0, dot), key -> new ArrayList<>())
                        .add(new Wanted(feature, part));
            }
        }
    }

    @Override
    public int read(ConsumerRecord<byte[], byte[]> record, MetricReceiver receiver) throws MalformedRecordException {
        byte[] bytes = record.value();
        limits.checkLength(bytes);
        collector.clear();
        key = record.key();
        kafkaTime = record.timestamp();
        if (isJson) {
            json.toProto(bytes);
            reader.read(json.bytes(), json.length(), this);
        } else {
            reader.read(bytes, bytes.length, this);
        }
        return collector.giveTo(receiver);
    }

    @Override
    public String problem() {
        return "";
    }

    @Override
    public boolean startMetric(String name) {
        wanted = wantedByName.get(name);
        return wanted != null;
    }

    @Override
    public void point(OtlpPoint point, FieldValues labels) {
        List<Wanted> features = wanted;
        if (features == null) {
            return;
        }
        int found = 0;
        try {
            String entity = null;
            for (int i = 0; i < features.size(); i++) {
                Wanted one = features.get(i);
                if (!point.has(one.part) || !filters[one.feature].matches(labels)) {
                    continue;
                }
                found++;
                long time = point.hasTime() ? point.timeMillis() : kafkaTime;
                if (entity == null) {
                    entity = entities.read(labels, key);
                    limits.checkEntity(entity);
                    limits.checkEventTime(time, kafkaTime);
                }
                MetricKind kind =
                        point.isDelta() && one.part.kind().isAdditive() ? MetricKind.INCREASE : MetricKind.LEVEL;
                collector.add(entity, one.feature, labels.series(), time, kind, point.number(one.part));
            }
        } catch (MalformedRecordException e) {
            collector.refuse(found, e);
        }
    }
}
