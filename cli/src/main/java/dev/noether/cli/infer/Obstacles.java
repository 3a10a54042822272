package dev.noether.cli.infer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why no detector can read some records, and what would be right. Stateless. */
final class Obstacles {
    private static final double MOST = 0.9;
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
            case JSON_LIST -> "each record is a list, and its elements have no numbers";
            case INFLUX_LINES -> "each record has several lines, and they have no numbers";
            case PROTOBUF ->
                "the records look like protobuf, but not like metrics of OpenTelemetry, the only ones that are read;"
                        + " write JSON or Avro";
            case GZIP ->
                "the sender has compressed the values (gzip); let Kafka compress them instead"
                        + " (compression.type of the producer)";
            case OTHER ->
                "the format is not known; a detector reads json, avro, confluent-avro, influx, otlp-proto, otlp-json and"
                        + " prometheus-json (docs/sources.md)";
        };
    }

    /** Returns the field that tells the kind of a record, if each kind has features of its own; empty if there is none. */
    static String kind(SampleTable table) {
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
                return path;
            }
        }
        return "";
    }
}
