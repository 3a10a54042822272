package dev.noether.cli.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as text for the console: completeness, speed, detected faults, reported incidents and ranking. */
public final class DemoReportText {
    private static final int NAME_WIDTH = 20;

    private final StringBuilder text = new StringBuilder();

    private DemoReportText() {}

    /** The text of a report; several lines, without a line break at the end. */
    public static String of(DemoReport report) {
        DemoReportText text = new DemoReportText();
        text.addCompleteness(report);
        text.addSpeed(report.speed());
        text.addFaults(report.detection().faults());
        text.addIncidents(report.detection().incidents());
        text.addExample(report.example());
        text.addRanking(report.detection());
        return text.text.toString();
    }

    private void addCompleteness(DemoReport report) {
        OutcomeCounts outcomes = report.outcomes();
        addHeading("Completeness: each observation in Kafka must have exactly one outcome");
        addRow(
                "observations",
                count(outcomes.observations()) + ", including "
                        + count(report.speed().liveRows()) + " live ones of this run");
        addRow("score records", count(outcomes.scores()) + unscored(outcomes));
        addRow("rejected records", count(outcomes.rejected()));
        addRow("missing", count(outcomes.missing()) + " observations without an outcome (must be 0)");
        addRow("duplicates", count(outcomes.duplicated()) + " additional outcomes of an observation (must be 0)");
        addRow("unexpected", count(outcomes.unexpected()) + " outcomes without an observation (must be 0)");
        addRow("scores by model", scoresByModel(report.models()));
    }

    private static String unscored(OutcomeCounts outcomes) {
        return outcomes.unscored() == 0
                ? ""
                : outcomes.unscoredReasons().entrySet().stream()
                        .map(reason -> reason.getKey() + " " + count(reason.getValue()))
                        .collect(Collectors.joining(
                                ", ", ", including " + count(outcomes.unscored()) + " without a score (", ")"));
    }

    private static String scoresByModel(ModelUse models) {
        String scores = models.scoresByModelVersion().entrySet().stream()
                .map(model -> "model " + model.getKey() + ": " + count(model.getValue()))
                .collect(Collectors.joining(", "));
        String refused = models.modelsRefused() == 0 ? "" : "; refused models: " + models.modelsRefused();
        return (scores.isEmpty() ? "none" : scores) + refused;
    }

    private void addSpeed(RunSpeed speed) {
        addHeading("Speed of the live part");
        addRow("throughput", number("%,.0f observations/s; the rate of sending limits it", speed.recordsPerSecond()));
        addRow(
                "latency",
                "median " + number("%,.0f ms", speed.latencyMillis().p50()) + ", 99th percentile "
                        + number("%,.0f ms", speed.latencyMillis().p99()));
        addRow("", speed.latencyOf());
        addRow("first score", number("%.1f s after the start of the program", speed.startupSeconds()));
    }

    private void addFaults(Map<String, DetectionReport.FaultCount> faults) {
        if (faults.isEmpty()) {
            return;
        }
        addHeading("Detected faults: simulated faults with an incident or an anomalous row while they lasted");
        faults.forEach((kind, count) ->
                addRow(kind.replace('_', ' '), "detected " + count.detected() + " of " + count.total()));
    }

    private void addIncidents(IncidentCounts incidents) {
        addHeading("Reported incidents");
        addRow(
                "of one entity",
                incidents.anomalies() + " anomalies, " + incidents.silences() + " silences"
                        + (incidents.unmatched() == null
                                ? ""
                                : "; " + incidents.unmatched() + " of them overlap no simulated fault (false alarms)"));
        addRow("of many entities", incidents.groups() + " outbreaks, " + incidents.stalls() + " stalls of the source");
    }

    private void addExample(@Nullable ExampleIncident example) {
        if (example != null) {
            addHeading("One incident, which reports the simulated fault \""
                    + example.fault().replace('_', ' ') + "\"");
            addLine("    " + example.description());
        }
    }

    private void addRanking(DetectionReport detection) {
        Ranking ranking = detection.overall();
        addHeading("Ranking of " + count(ranking.rows()) + " live rows by their score; "
                + count(ranking.anomalousRows()) + " rows are labelled anomalous; 1 is perfect");
        addRow("", String.format(Locale.ROOT, "%-10s %-10s %s", "Noether", "PCA", "random order"));
        addRow("AUC-PR", figures(ranking.aucPr(), ranking.pcaAucPr(), anomalousShare(ranking)));
        addRow("AUC-ROC", figures(ranking.aucRoc(), ranking.pcaAucRoc(), 0.5));
        addHeading("Rows above the alarm threshold");
        addRow("precision", number("%.3f of them are labelled anomalous", detection.precision()));
        addRow("recall", number("%.3f of the labelled rows are among them", detection.recall()));
    }

    private static double anomalousShare(Ranking ranking) {
        return ranking.rows() == 0 ? 0 : (double) ranking.anomalousRows() / ranking.rows();
    }

    private static String figures(@Nullable Double noether, @Nullable Double pca, double random) {
        return String.format(Locale.ROOT, "%-10s %-10s %.3f", number("%.3f", noether), number("%.3f", pca), random);
    }

    private void addHeading(String name) {
        addLine("  " + name);
    }

    private void addRow(String name, String value) {
        addLine(String.format(Locale.ROOT, "    %-" + NAME_WIDTH + "s %s", name, value));
    }

    private void addLine(String line) {
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
