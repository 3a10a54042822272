package dev.noether.lab.chaos.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as lines of text. */
public final class SoakReportText {
    private SoakReportText() {}

    /** One line for each resource, and a last line with the verdict. */
    public static List<String> lines(SoakReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                "%-13s %-25s %9s %9s %12s %12s", "service", "resource", "first", "last", "per hour", "allowed"));
        for (Trend trend : report.trends()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-13s %-25s %9.1f %9.1f %+12.1f %12.1f %s",
                    trend.owner(),
                    trend.resource(),
                    trend.first(),
                    trend.last(),
                    trend.perHour(),
                    trend.allowedPerHour(),
                    trend.isFlat() ? "" : "GROWS"));
        }
        lines.add(last(report));
        return lines;
    }

    private static String last(SoakReport report) {
        String counts = String.format(
                Locale.ROOT,
                "%.0f min, %d models, %,d observations: %,d lost, %,d doubled, %,d incidents doubled",
                report.seconds() / 60,
                report.models(),
                report.delivery().observations(),
                report.delivery().lost(),
                report.delivery().doubled(),
                report.incidents().doubled());
        String growing = report.trends().stream()
                .filter(trend -> !trend.isFlat())
                .map(trend -> trend.resource() + " of the " + trend.owner())
                .collect(Collectors.joining(", "));
        return report.isFlat()
                ? "Flat: " + counts + "."
                : "NOT FLAT: " + counts + (growing.isEmpty() ? "" : "; growing: " + growing) + ".";
    }
}
