package dev.noether.cli.infer;

import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.incident.report.ReadableQuantity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of a detector file that is about an import, with the reason of each guess as a comment. Stateless. */
final class ImportDraft {
    private static final long DEFAULT_INTERVAL = 60_000;

    private ImportDraft() {}

    /** Adds the features. */
    static void appendFeatures(ImportGuess guess, StringBuilder out) {
        out.append("features:\n");
        for (ImportFeature feature : guess.features()) {
            out.append(feature.isUsed() ? "  - " : "  # - ")
                    .append(DetectorDraft.quoted(feature.name()))
                    .append(feature.isUsed() ? "  # " : "  (left out: ")
                    .append(DetectorDraft.oneLine(feature.reason()))
                    .append(feature.isUsed() ? "\n" : ")\n");
        }
    }

    /** Adds the section {@code source}. */
    static void appendSource(Inference found, ImportGuess guess, String topic, StringBuilder out) {
        out.append(
                "source:\n  # ./noether run (or import) reads this topic, and writes observations to a topic of its own.\n");
        out.append("  topics: ").append(DetectorDraft.quoted(topic)).append('\n');
        out.append("  # The records are ")
                .append(DetectorDraft.oneLine(guess.shape().words()))
                .append(".\n");
        out.append("  format: ").append(guess.shape().format()).append('\n');
        out.append("  # The entity: ")
                .append(DetectorDraft.oneLine(guess.reason()))
                .append(".\n  entity: ");
        out.append(list(guess.entity())).append('\n');
        appendTime(found.time(), out);
        appendInterval(guess.intervalMillis(), out);
        if (!guess.shape().rows().isEmpty()) {
            out.append("  rows: ")
                    .append(DetectorDraft.quoted(guess.shape().rows()))
                    .append('\n');
        }
        if (!guess.shape().metric().isEmpty()) {
            out.append("  metric: {name: ")
                    .append(DetectorDraft.quoted(guess.shape().metric().name()))
                    .append(", value: ")
                    .append(DetectorDraft.quoted(guess.shape().metric().value()))
                    .append("}\n");
        }
        if (!guess.series().isEmpty()) {
            out.append("  # Fields that have several values in one entity and metric.\n  series: ")
                    .append(list(guess.series()))
                    .append('\n');
        }
        out.append("  metrics:\n");
        guess.features().stream()
                .filter(ImportFeature::isUsed)
                .forEach(feature -> out.append("    ").append(metric(feature)).append('\n'));
    }

    private static void appendTime(@Nullable TimeGuess time, StringBuilder out) {
        if (time != null) {
            out.append("  # The time: ")
                    .append(DetectorDraft.oneLine(time.reason()))
                    .append(".\n");
            if (!time.path().isEmpty()) {
                out.append("  time: {path: ").append(DetectorDraft.quoted(time.path()));
                out.append(
                                time.form() == TimeForm.AUTO
                                        ? ""
                                        : ", unit: " + time.form().label())
                        .append("}\n");
            }
        }
    }

    private static void appendInterval(long millis, StringBuilder out) {
        long rounded = Math.max(1, Math.round((millis == 0 ? DEFAULT_INTERVAL : millis) / 1000.0));
        out.append(
                        millis == 0
                                ? "  # The sample has no two values of one series; this is the default.\n"
                                : "  # A series has a value every " + ReadableQuantity.duration(millis) + ".\n")
                .append("  interval: ")
                .append(Duration.ofSeconds(Math.min(rounded, 86_400)))
                .append('\n');
    }

    private static String metric(ImportFeature feature) {
        StringBuilder text = new StringBuilder(DetectorDraft.quoted(feature.name()))
                .append(": {name: ")
                .append(DetectorDraft.quoted(feature.metric()));
        if (!feature.labels().isEmpty()) {
            text.append(", labels: ")
                    .append(feature.labels().entrySet().stream()
                            .map(label -> DetectorDraft.quoted(label.getKey()) + ": "
                                    + DetectorDraft.quoted(matcher(label.getValue())))
                            .collect(Collectors.joining(", ", "{", "}")));
        }
        if (feature.aggregate() != MetricAggregate.LAST) {
            text.append(", aggregate: ").append(feature.aggregate().label());
        }
        if (feature.as() != FeatureForm.VALUE) {
            text.append(", as: ").append(feature.as().name().toLowerCase(Locale.ROOT));
        }
        return text.append('}').toString();
    }

    /** A text that begins like an operator is compared with an explicit one. */
    private static String matcher(String value) {
        return value.startsWith("=") || value.startsWith("!=") || value.startsWith("!~") ? "=" + value : value;
    }

    private static List<String> list(List<String> names) {
        return names.stream().map(DetectorDraft::quoted).toList();
    }
}
