package dev.noether.cli.infer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why no detector can read some records, and what would be right. Stateless. */
final class Obstacles {
    private static final double MOST = 0.9;
    private static final int KINDS_SHOWN = 5;

    /** Fields in which collectors name the metric of a record that has one. */
    private static final List<String> METRIC_NAMES = List.of("metric", "metric_name", "metricname", "__name__", "name");

    private static final List<String> METRIC_VALUES = List.of("value", "val", "gauge", "counter");

    /** Fields in which collectors name the kind of a record. */
    private static final List<String> KINDS =
            List.of("metricset.name", "name", "measurement", "event.dataset", "type", "kind", "plugin");

    private Obstacles() {}

    /** What is wrong with a form; empty if a detector can read it. */
    static String ofForm(RecordForm form, int ofForm, int records, boolean hasRegistry) {
        if (ofForm < MOST * records) {
            return "the records have several formats: only " + ofForm + " of " + records + " are " + form.words()
                    + "; a detector reads topics of one format";
        }
        return switch (form) {
            case JSON, INFLUX -> "";
            case CONFLUENT_AVRO ->
                hasRegistry ? "" : "the schemas are in a registry: give its address with --registry URL";
            case NOETHER ->
                "these are observations in Noether's own format, which a detector reads without a section `source`";
            case SINGLE_OBJECT ->
                "the schema of the records is not in them: set `source.format: avro` and `source.schema` to its file"
                        + " (docs/sources.md)";
            case JSON_LIST -> "each record is a list; write each element as a record of its own";
            case INFLUX_LINES ->
                "each record has several lines; write each line as a record of its own (Telegraf: one"
                        + " metric a message)";
            case PROTOBUF ->
                "the records look like protobuf, perhaps of OpenTelemetry, which no source reads yet;"
                        + " write JSON with one record for each entity and time";
            case GZIP ->
                "the sender has compressed the values (gzip); let Kafka compress them instead"
                        + " (compression.type of the producer)";
            case OTHER ->
                "the format is not known; a detector reads json, avro, confluent-avro and influx"
                        + " (docs/sources.md)";
        };
    }

    /** What is wrong with the fields; empty if a record is an observation of several features. */
    static String ofFields(SampleTable table) {
        if (table.columns().keySet().stream().anyMatch(path -> path.startsWith("resourceMetrics."))) {
            return "the records are OTLP in JSON, which no source reads yet; write one record for each entity and time";
        }
        String single = oneMetric(table);
        return single.isEmpty() ? severalKinds(table) : single;
    }

    private static String oneMetric(SampleTable table) {
        Column name = column(table, METRIC_NAMES);
        Column value = column(table, METRIC_VALUES);
        if (name == null || value == null || !name.isText() || name.distinct() < 2 || !value.isNumeric()) {
            return "";
        }
        return "each record is one value of one metric (`" + name.path() + "` has " + name.distinct()
                + " different names, such as " + name.example() + "), which no source reads yet; write one record with"
                + " all features of an entity at a time";
    }

    private static @Nullable Column column(SampleTable table, List<String> names) {
        for (String name : names) {
            for (Column column : table.columns().values()) {
                if (column.path().toLowerCase(Locale.ROOT).equals(name)
                        || column.path().toLowerCase(Locale.ROOT).equals("labels." + name)) {
                    return column;
                }
            }
        }
        return null;
    }

    /** Whether records of several kinds, each with features of its own, are mixed. */
    private static String severalKinds(SampleTable table) {
        for (String path : KINDS) {
            Column kind = table.columns().get(path);
            if (kind == null
                    || !kind.isText()
                    || !table.isEverywhere(kind)
                    || kind.distinct() < 2
                    || kind.distinct() > 200) {
                continue;
            }
            Map<String, TreeSet<String>> fields = new TreeMap<>();
            for (int i = 0; i < table.size(); i++) {
                TreeSet<String> of =
                        fields.computeIfAbsent(String.valueOf(table.row(i).get(path)), key -> new TreeSet<>());
                table.row(i).fields().forEach((field, value) -> {
                    if (!(value instanceof String)) {
                        of.add(field);
                    }
                });
            }
            if (fields.values().stream().distinct().count() > 1) {
                return "the topic mixes kinds of records (`" + path + "`: "
                        + fields.keySet().stream().limit(KINDS_SHOWN).collect(Collectors.joining(", "))
                        + "), each with fields of its own; write each kind to a topic of its own";
            }
        }
        return "";
    }
}
