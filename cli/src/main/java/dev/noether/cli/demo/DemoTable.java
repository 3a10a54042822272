package dev.noether.cli.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report for the eye. */
final class DemoTable {
    /** The one kind that shows in what does not come. */
    private final StringBuilder text = new StringBuilder();

    private DemoTable() {}

    static String of(DemoReport report) {
        DemoTable table = new DemoTable();
        table.row(
                "observations",
                count(report.observations()) + " in Kafka, of them " + count(report.liveRows()) + " live in this run");
        table.row(
                "outcomes",
                count(report.scores()) + " scores, of them " + count(report.unscored())
                        + " without a model's judgement " + report.unscoredReasons() + "; " + count(report.rejected())
                        + " rejected");
        table.row("missing", count(report.missing()));
        table.row("duplicated", count(report.duplicated()));
        table.row(
                "model versions",
                report.scoresByModelVersion().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + count(entry.getValue()) + " scores")
                        .collect(Collectors.joining(", ")));
        table.row("swaps, refused", report.swaps() + ", " + report.modelsRefused());
        table.row("records/s", number("%,.0f", report.recordsPerSecond()));
        table.row(
                "latency",
                "p50 " + number("%,.0f ms", report.latencyMillis().p50()) + ", p99 "
                        + number("%,.0f ms", report.latencyMillis().p99()) + ", " + report.latencyOf());
        table.row("first score", number("%.1f s after the start", report.startupSeconds()));
        table.detection(report.detection());
        return table.text.toString();
    }

    private void detection(Detection detection) {
        row("", "Noether   PCA of the same windows");
        row(
                "AUC-PR",
                number("%7.3f", detection.all().aucPr())
                        + number("%24.3f", detection.all().pcaAucPr()));
        row(
                "AUC-ROC",
                number("%7.3f", detection.all().aucRoc())
                        + number("%24.3f", detection.all().pcaAucRoc()));
        row(
                "at the threshold",
                "precision " + number("%.3f", detection.precision()) + ", recall "
                        + number("%.3f", detection.recall()) + ", over "
                        + count(detection.all().rows()) + " rows of which "
                        + count(detection.all().anomalousRows()) + " are labelled anomalous");
        IncidentCounts told = detection.told();
        row(
                "incidents told",
                told.anomalies() + " anomalies and " + told.silences() + " silences of single entities"
                        + (told.beside() == null ? "" : ", of them " + told.beside() + " beside all labelled ones")
                        + "; " + told.groups() + " groups, " + told.stalls()
                        + " stalls");
        for (Map.Entry<String, Detection.Found> kind : detection.incidents().entrySet()) {
            row(
                    kind.getKey().replace('_', ' '),
                    kind.getValue().found() + " of " + kind.getValue().total() + " incidents found");
        }
    }

    private void row(String name, String value) {
        if (text.length() > 0) {
            text.append(System.lineSeparator());
        }
        text.append(String.format(Locale.ROOT, "  %-18s %s", name, value));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, format, value);
    }
}
