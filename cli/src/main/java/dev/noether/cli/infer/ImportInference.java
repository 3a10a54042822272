package dev.noether.cli.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.cli.infer.ImportGuess.Shape;
import dev.noether.flink.mapping.MetricPaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Recognises records from which an import assembles rows: metrics of OpenTelemetry, samples of Prometheus, one metric a
 * record, several rows or lines a record, and several kinds of records in one topic. One instance looks at one sample.
 */
final class ImportInference {
    private static final double MOST = 0.9;

    private final List<ConsumerRecord<byte[], byte[]>> sample;
    private final FormRecognition recognition;
    private final long now;
    private @Nullable TimeGuess time;

    ImportInference(List<ConsumerRecord<byte[], byte[]>> sample, FormRecognition recognition, long now) {
        this.sample = sample;
        this.recognition = recognition;
        this.now = now;
    }

    /** Returns the time of the records; null if the format says it. */
    @Nullable
    TimeGuess time() {
        return time;
    }

    /** Returns how an import reads the records; null if each record is a row, or no import can read them. */
    @Nullable
    ImportGuess of(RecordForm form) {
        ImportGuess guess = switch (form) {
            case PROTOBUF -> otlp(false);
            case JSON, JSON_LIST -> json();
            case INFLUX, INFLUX_LINES -> lines(form);
            default -> null;
        };
        return guess == null || guess.features().stream().noneMatch(ImportFeature::isUsed) ? null : guess;
    }

    private @Nullable ImportGuess otlp(boolean isJson) {
        OtlpPoints reader = new OtlpPoints();
        List<MetricPoint> points = new ArrayList<>();
        int read = 0;
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            List<MetricPoint> some = reader.read(record, isJson);
            if (some != null) {
                read++;
                points.addAll(some);
            }
        }
        if (read < MOST * sample.size()) {
            return null;
        }
        Shape shape = isJson
                ? Shape.of("otlp-json", "metrics of OpenTelemetry in JSON")
                : Shape.of("otlp-proto", "metrics of OpenTelemetry as protocol buffers");
        return ImportGuess.of(shape, points, hasKeys(), false);
    }

    private @Nullable ImportGuess json() {
        List<JsonNode> trees = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            JsonNode tree = recognition.tree(record.value());
            if (tree != null && (tree.isObject() || tree.isArray())) {
                trees.add(tree);
            }
        }
        if (trees.size() < sample.size()) {
            return null;
        }
        JsonNode first = trees.get(0);
        if (first.has("resourceMetrics") || first.isArray() && first.path(0).has("resourceMetrics")) {
            return otlp(true);
        }
        String rows = JsonPoints.rows(trees);
        SampleTable table = new SampleTable();
        for (int i = 0; i < trees.size(); i++) {
            JsonPoints.addRows(trees.get(i), rows, sample.get(i), table);
        }
        boolean isPrometheus = JsonPoints.isPrometheus(table);
        MetricPaths metric = JsonPoints.metric(table);
        String kind = metric.isEmpty() ? Obstacles.kind(table) : "";
        boolean isOfRows = metric.isEmpty() && kind.isEmpty() && rows.isEmpty() && !first.isArray();
        if (table.size() == 0 || isOfRows) {
            return null;
        }
        TimeGuess guess = TimeGuess.of(table, RecordForm.JSON, now);
        time = isPrometheus ? null : guess;
        List<MetricPoint> points = JsonPoints.of(table, metric, guess, guess.times(table));
        String words = (metric.isEmpty() ? "JSON objects" : "JSON objects with one metric each")
                + (rows.isEmpty() ? "" : ", in the list `" + rows + "` of a record")
                + (first.isArray() ? ", in lists" : "")
                + (kind.isEmpty() ? "" : ", of several kinds (`" + kind + "`)");
        Shape shape = isPrometheus
                ? Shape.of("prometheus-json", "samples of Prometheus in JSON")
                : new Shape("json", words, metric, rows, kind);
        return ImportGuess.of(shape, points, hasKeys(), !isPrometheus);
    }

    private @Nullable ImportGuess lines(RecordForm form) {
        SampleTable table = new SampleTable();
        for (ConsumerRecord<byte[], byte[]> record : sample) {
            new String(record.value(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> table.add(Flattener.line(line), record));
        }
        Column measurement = table.columns().get("measurement");
        if (form == RecordForm.INFLUX && (measurement == null || measurement.distinct() < 2)) {
            return null;
        }
        TimeGuess guess = TimeGuess.of(table, RecordForm.INFLUX, now);
        List<MetricPoint> points = new ArrayList<>();
        for (MetricPoint point : JsonPoints.of(table, MetricPaths.NONE, guess, guess.times(table))) {
            points.add(ofLine(point));
        }
        return ImportGuess.of(Shape.of("influx", "lines of InfluxDB's line protocol"), points, hasKeys(), false);
    }

    /** The name of a metric has its measurement; labels are tags. */
    private static MetricPoint ofLine(MetricPoint point) {
        Map<String, String> labels = new TreeMap<>();
        point.labels().forEach((path, value) -> {
            if (path.startsWith("tags.")) {
                labels.put(path.substring("tags.".length()), value);
            }
        });
        String name = point.labels().get("measurement") + "." + point.metric().replaceFirst("^fields\\.", "");
        return new MetricPoint(name, labels, point.time(), point.value(), point.nature());
    }

    private boolean hasKeys() {
        return sample.stream().allMatch(record -> record.key() != null && record.key().length > 0);
    }
}
