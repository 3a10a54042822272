package dev.noether.lab.evaluate.output;

import dev.noether.incident.report.ReadableQuantity;
import dev.noether.lab.evaluate.measure.BudgetTrial;
import dev.noether.lab.evaluate.measure.TopicReport;
import dev.noether.lab.evaluate.topic.TopicData;
import dev.noether.lab.html.Page;
import dev.noether.lab.html.Table;
import dev.noether.schemas.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a person reads of a backtest on a topic: lines for the console, and the head of the page. */
public final class TopicText {
    private static final int MOST_INCIDENTS = 20;
    private static final int MOST_ON_PAGE = 500;

    private TopicText() {}

    /** What was read, before the training. */
    public static List<String> data(TopicData data) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "History: %,d observations from %s to %s.",
                data.counts().history(),
                Instant.ofEpochMilli(data.span().from()),
                Instant.ofEpochMilli(data.span().split())));
        lines.add(String.format(
                Locale.ROOT,
                "Test: %,d observations to %s, %s of %,d %s.",
                data.counts().test(),
                Instant.ofEpochMilli(data.span().to() - 1),
                ReadableQuantity.duration(data.span().test().toMillis()),
                data.entities().size(),
                data.entities().size() == 1 ? "entity" : "entities"));
        data.counts()
                .rejected()
                .forEach((reason, count) -> lines.add(String.format(
                        Locale.ROOT,
                        "%,d %s rejected: %s (./noether check says why).",
                        count,
                        count == 1 ? "record is" : "records are",
                        reason)));
        lines.addAll(data.limits());
        return lines;
    }

    /** The result. */
    public static List<String> result(TopicReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.refusal().isEmpty()) {
            lines.add("The retrainer would refuse this model: " + report.refusal());
        }
        int count = report.incidents().size();
        lines.add(String.format(
                Locale.ROOT,
                "%,d %s would have been told with the budget `%s`%s",
                count,
                count == 1 ? "incident" : "incidents",
                report.own().budget(),
                count == 0 ? "." : ":"));
        report.incidents().stream().limit(MOST_INCIDENTS).forEach(incident -> lines.add("  " + sentence(incident)));
        if (count > MOST_INCIDENTS) {
            lines.add("  and " + (count - MOST_INCIDENTS) + " more");
        }
        lines.add("Other budgets on the same rows:");
        lines.add(String.format(
                "  %-26s %12s %12s %12s %12s", "alarms.budget", "promised", "realised", "by chance", "incidents"));
        trials(report).forEach(trial -> lines.add(line(trial, trial == report.own())));
        lines.add("Suggested: alarms: {budget: \"" + report.suggestion().budget() + "\"}");
        lines.add("  " + report.suggestion().reason());
        return lines;
    }

    /** The detector's own budget last. */
    private static List<BudgetTrial> trials(TopicReport report) {
        return Stream.concat(report.trials().stream(), Stream.of(report.own())).toList();
    }

    private static String line(BudgetTrial trial, boolean isOwn) {
        return String.format(
                Locale.ROOT,
                "  %-26s %12.1e %12.1e %12.1f %12d%s%s",
                trial.budget(),
                trial.rate(),
                trial.realised(),
                trial.allowed(),
                trial.incidents(),
                trial.isMeasured() ? "" : "   extrapolated",
                isOwn ? "   the present one" : "");
    }

    private static String sentence(Incident incident) {
        return Instant.ofEpochMilli(incident.start()) + " " + incident.severity() + " " + incident.description();
    }

    /** Writes the head of the page. */
    public static void lead(Page page, TopicData data, TopicReport report) {
        page.section("Backtest of the topic " + report.set().name());
        data(data).forEach(page::note);
        if (!report.refusal().isEmpty()) {
            page.paragraph("The retrainer would refuse this model: " + report.refusal());
        }
        page.heading("Budgets");
        page.note("Promised: alarms for each row of normal behaviour. Realised: rows above the threshold, those of real"
                + " problems included. By chance: the number of false alarms that the budget allows on these rows.");
        Table table =
                new Table(List.of("alarms.budget", "promised", "realised", "by chance", "incidents", "threshold"));
        for (BudgetTrial trial : trials(report)) {
            table.row(
                    trial.budget().toString() + (trial == report.own() ? " (present)" : ""),
                    List.of(
                            String.format(Locale.ROOT, "%.1e", trial.rate()),
                            String.format(Locale.ROOT, "%.1e", trial.realised()),
                            String.format(Locale.ROOT, "%,.1f", trial.allowed()),
                            String.format(Locale.ROOT, "%,d", trial.incidents()),
                            trial.isMeasured() ? "measured" : "extrapolated"));
        }
        page.add(table);
        page.paragraph("Suggested: " + report.suggestion().budget() + ". "
                + report.suggestion().reason());
        page.heading(
                "Incidents that would have been told: " + report.incidents().size());
        page.list(report.incidents().stream()
                .limit(MOST_ON_PAGE)
                .map(TopicText::sentence)
                .toList());
    }
}
