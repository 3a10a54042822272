package dev.noether.cli.infer;

import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.otlp.OtlpJson;
import dev.noether.flink.source.otlp.OtlpPart;
import dev.noether.flink.source.otlp.OtlpPoint;
import dev.noether.flink.source.otlp.OtlpReader;
import dev.noether.flink.source.otlp.OtlpReceiver;
import dev.noether.schemas.MalformedRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads all points of OpenTelemetry's metrics. Not thread safe. */
final class OtlpPoints implements OtlpReceiver {
    private static final String SCOPE = "otel.scope.name";
    private static final List<String> SUFFIXES = List.of("count", "p99");

    private final OtlpReader reader = OtlpReader.ofAllLabels();
    private final OtlpJson json = new OtlpJson();
    private final List<MetricPoint> points = new ArrayList<>();
    private String metric = "";
    private long kafkaTime;

    /** Adds the points of a record; returns null if it holds no metrics. */
    @Nullable
    List<MetricPoint> read(ConsumerRecord<byte[], byte[]> record, boolean isJson) {
        points.clear();
        kafkaTime = record.timestamp();
        try {
            if (isJson) {
                json.toProto(record.value());
                reader.read(json.bytes(), json.length(), this);
            } else {
                reader.read(record.value(), record.value().length, this);
            }
        } catch (MalformedRecordException e) {
            return null;
        }
        return points.isEmpty() ? null : List.copyOf(points);
    }

    @Override
    public boolean startMetric(String name) {
        metric = name;
        return !name.isBlank();
    }

    @Override
    public void point(OtlpPoint point, FieldValues values) {
        Map<String, String> labels = new TreeMap<>(values.rememberedLabels());
        labels.remove(SCOPE);
        long time = point.hasTime() ? point.timeMillis() : kafkaTime;
        if (point.has(OtlpPart.VALUE)) {
            points.add(new MetricPoint(metric, labels, time, point.number(OtlpPart.VALUE), nature(point)));
            return;
        }
        for (String suffix : SUFFIXES) {
            OtlpPart part = OtlpPart.ofSuffix(suffix);
            if (part != null
                    && point.has(part)
                    && (point.isDelta() || part.kind().isAdditive())) {
                MetricPoint.Nature nature = part.kind().isAdditive() ? nature(point) : MetricPoint.Nature.READING;
                points.add(new MetricPoint(metric + "." + suffix, labels, time, point.number(part), nature));
            }
        }
    }

    private static MetricPoint.Nature nature(OtlpPoint point) {
        if (point.isDelta()) {
            return MetricPoint.Nature.GROWTH;
        }
        return point.isMonotonic() ? MetricPoint.Nature.COUNTER : MetricPoint.Nature.READING;
    }
}
