package dev.noether.cli.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.flink.mapping.MetricPaths;
import dev.noether.flink.source.field.IsoTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The points of records that hold JSON objects or lines: each row has one metric, or one in each numeric field. */
final class JsonPoints {
    private static final Set<String> METRIC_NAMES = Set.of("metric", "metric_name", "metricname", "__name__", "name");
    private static final Set<String> METRIC_VALUES = Set.of("value", "val", "gauge", "counter");
    /** What Elastic's agents say about themselves in each record. */
    private static final Set<String> ABOUT_THE_AGENT = Set.of("event", "metricset", "agent", "ecs", "@metadata");

    private static final String LABELS = "labels.";
    private static final int LONGEST_LABEL = 200;
    private static final int DEEPEST_LIST = 3;

    private JsonPoints() {}

    /**
     * Returns the path of the list of objects that each record has; empty if they have none.
     *
     * @param trees records as JSON
     */
    static String rows(List<JsonNode> trees) {
        String first = trees.isEmpty() ? "" : listIn("", trees.get(0), 0);
        return first.isEmpty() || trees.stream().anyMatch(tree -> !isList(at(tree, first))) ? "" : first;
    }

    private static String listIn(String path, JsonNode node, int depth) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            String inner = FlatRecord.inner(path, field.getKey());
            if (isList(field.getValue())) {
                return inner;
            }
            String deeper = depth < DEEPEST_LIST && field.getValue().isObject()
                    ? listIn(inner, field.getValue(), depth + 1)
                    : "";
            if (!deeper.isEmpty()) {
                return deeper;
            }
        }
        return "";
    }

    private static boolean isList(@Nullable JsonNode node) {
        return node != null && node.isArray() && !node.isEmpty() && node.get(0).isObject() && isRow(node.get(0));
    }

    /** A row has a metric, not only some properties. */
    private static boolean isRow(JsonNode node) {
        FlatRecord flat = Flattener.flat(node);
        boolean hasName = flat.fields().keySet().stream().anyMatch(path -> METRIC_NAMES.contains(last(path)));
        boolean hasTime = flat.fields().keySet().stream().anyMatch(TimeGuess::isLikely);
        return hasTime
                || hasName && flat.fields().keySet().stream().anyMatch(path -> METRIC_VALUES.contains(last(path)));
    }

    private static @Nullable JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String name : path.split("\\.", -1)) {
            node = node == null ? null : node.get(name);
        }
        return node;
    }

    /** Adds the rows of a record to a table. */
    static void addRows(JsonNode tree, String rows, ConsumerRecord<byte[], byte[]> record, SampleTable table) {
        JsonNode list = tree.isArray() ? tree : rows.isEmpty() ? null : at(tree, rows);
        if (list == null) {
            table.add(Flattener.flat(tree), record);
            return;
        }
        FlatRecord outer = tree.isArray() ? new FlatRecord() : Flattener.flat(tree);
        for (JsonNode row : list) {
            FlatRecord flat = new FlatRecord();
            outer.fields().forEach((path, value) -> {
                if (!path.startsWith(rows + ".")) {
                    flat.put(path, value);
                }
            });
            Flattener.flat(row).fields().forEach(flat::put);
            table.add(flat, record);
        }
    }

    /** Returns where each row has the name and the value of its metric; none if each value has a field of its own. */
    static MetricPaths metric(SampleTable table) {
        Column name = column(table, METRIC_NAMES);
        Column value = column(table, METRIC_VALUES);
        return name == null || value == null || !name.isText() || name.isNumeric() || !value.isNumeric()
                ? MetricPaths.NONE
                : new MetricPaths(name.path(), value.path());
    }

    private static @Nullable Column column(SampleTable table, Set<String> names) {
        Column best = null;
        for (Column column : table.columns().values()) {
            boolean isShorter =
                    best == null || column.path().length() < best.path().length();
            if (names.contains(last(column.path())) && table.isEverywhere(column) && isShorter) {
                best = column;
            }
        }
        return best;
    }

    /** Whether the rows are samples of Prometheus, as its Kafka adapter writes them. */
    static boolean isPrometheus(SampleTable table) {
        return Set.of("timestamp", "value", "name", LABELS + "__name__").stream()
                .allMatch(path -> table.columns().containsKey(path));
    }

    /**
     * Returns the points of the rows.
     *
     * @param metric where a row has its one metric
     * @param times {@code [rows]}, time of each row
     */
    static List<MetricPoint> of(SampleTable table, MetricPaths metric, TimeGuess time, long[] times) {
        boolean isPrometheus = isPrometheus(table);
        List<MetricPoint> points = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            FlatRecord row = table.row(i);
            Map<String, String> labels = labels(row, metric, time, isPrometheus);
            long at = times[i];
            if (metric.isEmpty()) {
                row.fields().forEach((path, value) -> {
                    boolean isMetric = !labels.containsKey(path)
                            && !path.equals(time.path())
                            && !path.equals("time")
                            && !ABOUT_THE_AGENT.contains(path.substring(0, Math.max(0, path.indexOf('.'))));
                    if (isMetric) {
                        add(points, path, labels, at, FlatRecord.number(value));
                    }
                });
            } else {
                add(
                        points,
                        String.valueOf(row.get(metric.name())),
                        labels,
                        at,
                        FlatRecord.number(row.get(metric.value())));
            }
        }
        return points;
    }

    private static void add(
            List<MetricPoint> points, String name, Map<String, String> labels, long time, double value) {
        if (Double.isFinite(value)) {
            points.add(new MetricPoint(name, labels, time, value, MetricPoint.Nature.UNKNOWN));
        }
    }

    private static Map<String, String> labels(
            FlatRecord row, MetricPaths metric, TimeGuess time, boolean isPrometheus) {
        Map<String, String> labels = new TreeMap<>();
        row.fields().forEach((path, value) -> {
            boolean isOther = !path.equals(time.path()) && !path.equals(metric.name()) && !path.equals(metric.value());
            if (isOther && isLabel(path, value)) {
                labels.put(
                        isPrometheus && path.startsWith(LABELS) ? path.substring(LABELS.length()) : path, "" + value);
            }
        });
        labels.remove("__name__");
        return labels;
    }

    /** A text that is no number, or a field among labels, or a number that names something. */
    private static boolean isLabel(String path, Object value) {
        if (path.startsWith("tags.") || path.startsWith(LABELS)) {
            return true;
        }
        if (value instanceof String text) {
            return Double.isNaN(FlatRecord.number(text))
                    && text.length() <= LONGEST_LABEL
                    && IsoTime.parse(text) == IsoTime.NONE;
        }
        return value instanceof Long
                && EntityGuess.isLikely(path)
                && path.toLowerCase(Locale.ROOT).endsWith("id");
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
