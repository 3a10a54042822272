package dev.noether.lab.chaos;

import dev.noether.lab.chaos.audit.DeliveryCheck;
import dev.noether.lab.chaos.audit.ScoreComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as lines of text. */
public final class ChaosReportText {
    private ChaosReportText() {}

    /** The recovery times by kind, the counts, and a last line that says whether the run was sound. */
    public static List<String> lines(ChaosReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format("%-22s %6s %10s %10s", "kind", "faults", "median s", "worst s"));
        report.recovery()
                .forEach((kind, recovery) -> lines.add(String.format(
                        Locale.ROOT,
                        "%-22s %6d %10.1f %10.1f",
                        kind,
                        recovery.faults(),
                        recovery.medianSeconds(),
                        recovery.worstSeconds())));
        lines.add("");
        lines.add("started again: " + report.restarts());
        comparison(report.comparison(), lines);
        lines.add(last(report));
        return lines;
    }

    private static void comparison(@Nullable ScoreComparison comparison, List<String> lines) {
        if (comparison != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d scores compared with the undisturbed run: largest difference %.1e; %,d other verdicts; %,d"
                            + " by another model",
                    comparison.compared(),
                    comparison.largestDifference(),
                    comparison.otherVerdict(),
                    comparison.otherModel()));
            lines.add("scores by model: " + comparison.byVersion());
        }
    }

    private static String last(ChaosReport report) {
        DeliveryCheck delivery = report.delivery();
        String counts = String.format(
                Locale.ROOT,
                "%d faults, %,d observations, %,d bad records, %,d incidents: %,d lost, %,d doubled, %,d incidents"
                        + " doubled",
                report.faults().size(),
                delivery.observations() - delivery.bad(),
                delivery.bad(),
                report.incidents().incidents(),
                delivery.lost(),
                delivery.doubled(),
                report.incidents().doubled());
        return report.isSound()
                ? "Sound: " + counts + "."
                : "FAILED: " + String.join("; ", report.problems()) + ". " + counts + ".";
    }
}
