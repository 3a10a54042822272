package dev.noether.cli.infer;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.incident.report.ReadableQuantity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A detector file with the reason of each guess as a comment. Stateless.
 *
 * @param topic topic of the records
 * @param servers addresses of Kafka
 * @param properties further settings of Kafka's clients; secrets are placeholders
 * @param registry address of the schema registry; empty for none
 */
record DetectorDraft(String topic, String servers, Map<String, String> properties, String registry) {
    private static final String FIELDS = "fields.";

    /** Returns the name of the detector of a topic. */
    static String name(String topic) {
        String name =
                topic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = name.length() <= 50 ? name : name.substring(0, 50).replaceAll("-+$", "");
        return cut.isEmpty() ? "detector" : cut;
    }

    /** Returns the text of the file. */
    String text(Inference found) {
        StringBuilder out = new StringBuilder();
        out.append("# Made by ./noether infer from the newest ")
                .append(String.format(Locale.ROOT, "%,d", found.records()))
                .append(" records of the topic ")
                .append(topic)
                .append(".\n# Each guess has its reason. Correct what is wrong, then: ./noether check --config FILE\n");
        out.append("detector: ").append(name(topic)).append("\n\n");
        ImportGuess imported = found.imported();
        if (imported == null) {
            appendFeatures(found, out);
        } else {
            ImportDraft.appendFeatures(imported, out);
        }
        out.append("\nkafka:\n  bootstrapServers: ").append(quoted(servers)).append('\n');
        if (!properties.isEmpty()) {
            out.append("  properties:\n");
            new TreeMap<>(properties)
                    .forEach((key, value) -> out.append("    ")
                            .append(key)
                            .append(": ")
                            .append(quoted(value))
                            .append('\n'));
        }
        if (imported == null) {
            appendRows(found, out);
        } else {
            ImportDraft.appendSource(found, imported, topic, out);
        }
        return out.toString();
    }

    private void appendRows(Inference found, StringBuilder out) {
        TimeGuess time = found.time();
        EntityGuess entity = found.entity();
        if (time == null || entity == null) {
            throw new IllegalStateException("a detector can read the records only if time and entity are known");
        }
        out.append("topics:\n  observations: ").append(topic).append('\n');
        appendSource(found, time, entity, out);
    }

    private static void appendFeatures(Inference found, StringBuilder out) {
        out.append("features:\n");
        for (FeatureGuess feature : found.features()) {
            out.append(feature.isUsed() ? "  - " : "  # - ")
                    .append(quoted(featureName(found.form(), feature.path())))
                    .append(feature.isUsed() ? "  # " : "  (left out: ")
                    .append(oneLine(feature.reason()))
                    .append(feature.isUsed() ? "\n" : ")\n");
        }
    }

    private void appendSource(Inference found, TimeGuess time, EntityGuess entity, StringBuilder out) {
        out.append("source:\n  # ")
                .append(found.ofForm() == found.records() ? "All records are " : found.ofForm() + " records are ")
                .append(found.form().words())
                .append(".\n  format: ")
                .append(format(found.form()))
                .append('\n');
        out.append("  # The entity: ").append(oneLine(entity.reason())).append(".\n  entity: ");
        out.append(entity.paths().stream().map(DetectorDraft::quoted).toList()).append('\n');
        out.append("  # The time: ").append(oneLine(time.reason())).append(".\n");
        if (!time.path().isEmpty()) {
            out.append("  time: {path: ").append(quoted(time.path()));
            out.append(
                            time.form() == TimeForm.AUTO
                                    ? ""
                                    : ", unit: " + time.form().label())
                    .append("}\n");
        }
        if (found.intervalMillis() > 0) {
            out.append("  # An entity has a record every ")
                    .append(ReadableQuantity.duration(found.intervalMillis()))
                    .append(".\n");
        }
        if (!registry.isEmpty()) {
            out.append("registry:\n  url: ").append(quoted(registry)).append('\n');
        }
    }

    private static String format(RecordForm form) {
        return switch (form) {
            case CONFLUENT_AVRO -> "confluent-avro";
            case INFLUX -> "influx";
            default -> "json";
        };
    }

    /** With line protocol the name of a field is its path. */
    private static String featureName(RecordForm form, String path) {
        return form == RecordForm.INFLUX && path.startsWith(FIELDS) ? path.substring(FIELDS.length()) : path;
    }

    /** A text as YAML takes it. */
    static String quoted(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                        && !List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n")
                                .contains(text.toLowerCase(Locale.ROOT))
                ? text
                : "'" + oneLine(text).replace("'", "''") + "'";
    }

    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    }
}
