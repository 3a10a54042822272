package dev.noether.cli.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as text for the console: completeness, speed, detected faults, reported incidents and ranking. */
public final class DemoReportText {
    private static final int NAME_WIDTH = 20;
    private static final String PERFECT = "      1 is perfect";

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
        addHeading("Does each observation have exactly one result, a score or a rejected record?");
        addRow(
                "observations",
                count(outcomes.observations()) + "; " + count(report.speed().liveRows()) + " of them were sent live");
        addRow("scores", count(outcomes.scores()) + unscored(outcomes));
        addRow("rejected records", count(outcomes.rejected()));
        addRow("without a result", count(outcomes.missing()) + " observations (must be 0)");
        addRow("with two results", count(outcomes.duplicated()) + " observations (must be 0)");
        addRow("of no observation", count(outcomes.unexpected()) + " results (must be 0)");
        addRow("scores by model", scoresByModel(report.models()));
    }

    private static String unscored(OutcomeCounts outcomes) {
        return outcomes.unscored() == 0
                ? ""
                : outcomes.unscoredReasons().entrySet().stream()
                        .map(reason -> reason.getKey() + " " + count(reason.getValue()))
                        .collect(Collectors.joining(
                                ", ", "; " + count(outcomes.unscored()) + " of them say why there is no value: ", ""));
    }

    private static String scoresByModel(ModelUse models) {
        String scores = models.scoresByModelVersion().entrySet().stream()
                .map(model -> "model " + model.getKey() + ": " + count(model.getValue()))
                .collect(Collectors.joining(", "));
        String refused = models.modelsRefused() == 0 ? "" : "; refused models: " + models.modelsRefused();
        return (scores.isEmpty() ? "none" : scores) + refused;
    }

    private void addSpeed(RunSpeed speed) {
        addHeading("How fast is it?");
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
        addHeading(
                "Which simulated faults were found, by an incident or by a score above the threshold while they lasted?");
        faults.forEach((kind, count) -> addRow(kind.replace('_', ' '), count.detected() + " of " + count.total()));
    }

    private void addIncidents(IncidentCounts incidents) {
        addHeading("Which incidents were reported?");
        addRow("anomalies", incidents.anomalies() + ", each of one entity");
        addRow("silences", incidents.silences() + ": an entity no longer reports");
        addRow("outbreaks", incidents.groups() + ": many entities at the same time");
        addRow("stalls", incidents.stalls() + ": the whole source no longer reports");
        Integer unmatched = incidents.unmatched();
        if (unmatched != null) {
            addRow(
                    "false incidents",
                    unmatched + " of the " + (incidents.anomalies() + incidents.silences())
                            + " anomalies and silences: their entity had no simulated fault then");
            addRow("", number("the budget, " + DemoDetector.BUDGET + ", accepts %,.1f", incidents.accepted()));
        }
    }

    private void addExample(@Nullable ExampleIncident example) {
        if (example != null) {
            addHeading("An incident that reports the simulated fault \""
                    + example.fault().replace('_', ' ') + "\"");
            addLine("    " + example.description());
        }
    }

    private void addRanking(DetectionReport detection) {
        Ranking ranking = detection.overall();
        addHeading("Do faulty rows have higher scores than normal ones? " + count(ranking.anomalousRows()) + " of "
                + count(ranking.rows()) + " live rows are faulty");
        addRow("", String.format(Locale.ROOT, "%-10s %-10s %s", "Noether", "PCA", "chance"));
        addRow("AUC-PR", figures(ranking.aucPr(), ranking.pcaAucPr(), anomalousShare(ranking)) + PERFECT);
        addRow("AUC-ROC", figures(ranking.aucRoc(), ranking.pcaAucRoc(), 0.5) + PERFECT);
        addHeading("Which rows are above the alarm threshold?");
        addRow("precision", percent(detection.precision(), "of the rows above it are faulty"));
        addRow(
                "recall",
                percent(detection.recall(), "of the faulty rows are above it; one row is enough for an incident"));
    }

    private static String percent(@Nullable Double share, String meaning) {
        return share == null ? "–" : String.format(Locale.ROOT, "%.1f %% %s", 100 * share, meaning);
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
