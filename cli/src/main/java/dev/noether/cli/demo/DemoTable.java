package dev.noether.cli.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report for the eye: what was lost, how fast it was, what was found. */
final class DemoTable {
    private static final int NAME = 20;

    private final StringBuilder text = new StringBuilder();

    private DemoTable() {}

    static String of(DemoReport report) {
        DemoTable table = new DemoTable();
        table.completeness(report);
        table.speed(report);
        table.detection(report.detection());
        return table.text.toString();
    }

    private void completeness(DemoReport report) {
        heading("Nothing lost: each observation against its score, both read back from Kafka");
        row(
                "observations",
                count(report.observations()) + ", of them " + count(report.liveRows()) + " live in this run");
        row(
                "scores",
                count(report.scores()) + ", of them " + count(report.unscored()) + " only say why there is none"
                        + reasons(report.unscoredReasons()));
        row("rejected", count(report.rejected()));
        row("missing", count(report.missing()));
        row("doubled", count(report.duplicated()));
        row(
                "scored by",
                report.scoresByModelVersion().entrySet().stream()
                                .map(entry -> "model " + entry.getKey() + ": " + count(entry.getValue()))
                                .collect(Collectors.joining(", "))
                        + (report.modelsRefused() == 0 ? "" : "; refused: " + report.modelsRefused() + " models"));
    }

    private static String reasons(Map<String, Long> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private void speed(DemoReport report) {
        heading("Speed");
        row("records/s", number("%,.0f, as they were sent", report.recordsPerSecond()));
        row(
                "latency",
                "median " + number("%,.0f ms", report.latencyMillis().p50()) + ", 99 % within "
                        + number("%,.0f ms", report.latencyMillis().p99()) + ", " + report.latencyOf());
        row("first score", number("%.1f s after the start", report.startupSeconds()));
    }

    private void detection(Detection detection) {
        if (!detection.incidents().isEmpty()) {
            heading("Found: incidents that were put in, and those told at their time or with an anomalous row");
            for (Map.Entry<String, Detection.Found> kind : detection.incidents().entrySet()) {
                row(
                        kind.getKey().replace('_', ' '),
                        kind.getValue().found() + " of " + kind.getValue().total());
            }
        }
        heading("Told: records of the topic of incidents");
        IncidentCounts told = detection.told();
        row(
                "single entities",
                told.anomalies() + " anomalies, " + told.silences() + " silences"
                        + (told.beside() == null ? "" : "; " + told.beside() + " of them beside all that were put in"));
        row("many at once", told.groups() + " groups, " + told.stalls() + " stalls of the source");
        heading("Ranking: " + count(detection.all().rows()) + " rows by their score, "
                + count(detection.all().anomalousRows()) + " of them labelled");
        row("", String.format(Locale.ROOT, "%-10s %s", "Noether", "principal components of the same windows"));
        row("AUC-PR", beside(detection.all().aucPr(), detection.all().pcaAucPr()));
        row("AUC-ROC", beside(detection.all().aucRoc(), detection.all().pcaAucRoc()));
        row(
                "anomalous rows",
                "precision " + number("%.3f", detection.precision()) + ", recall " + number("%.3f", detection.recall())
                        + " at the alarm budget");
    }

    private static String beside(@Nullable Double ours, @Nullable Double theirs) {
        return String.format(Locale.ROOT, "%-10s %s", number("%.3f", ours), number("%.3f", theirs));
    }

    private void heading(String name) {
        line("  " + name);
    }

    private void row(String name, String value) {
        line(String.format(Locale.ROOT, "    %-" + NAME + "s %s", name, value));
    }

    private void line(String line) {
        if (text.length() > 0) {
            text.append(System.lineSeparator());
        }
        text.append(line);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, format, value);
    }
}
