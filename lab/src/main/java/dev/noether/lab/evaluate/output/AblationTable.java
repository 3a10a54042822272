package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.ablate.AblationComparison;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.ablate.AblationSeries;
import dev.noether.lab.evaluate.ablate.AblationVariant;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.metric.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ablation of a set as lines of text. */
public final class AblationTable {
    static final String NO_PAIRS = "Paired differences need at least two series.";

    private static final int NAME_WIDTH = 48;
    private static final int COLUMN_WIDTH = 30;

    private AblationTable() {}

    /** The lines for the console: means, then paired differences. */
    public static List<String> lines(AblationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.name() + ", ablation of the symmetry: means over "
                + report.judged().size() + " of " + report.series().size() + " series");
        for (AblationSeries one : report.series()) {
            if (one.metrics().isEmpty()) {
                lines.add("  " + one.name() + " was not judged: " + one.reason());
            }
        }
        if (report.judged().isEmpty()) {
            return lines;
        }
        lines.add(row("", "VUS-PR", "UCR score"));
        for (AblationVariant variant : AblationVariant.values()) {
            lines.add(row(
                    variant.title(),
                    number(report.mean(variant, DetectionMetric.VUS_PR)),
                    number(report.mean(variant, DetectionMetric.UCR))));
        }
        if (report.judged().size() < 2) {
            lines.add(NO_PAIRS);
            return lines;
        }
        lines.add("Paired differences with 95 % intervals; * : the interval does not contain 0");
        for (AblationComparison comparison : AblationComparison.all()) {
            lines.add(row(
                    comparison.title(),
                    difference(report, comparison, DetectionMetric.VUS_PR),
                    difference(report, comparison, DetectionMetric.UCR)));
        }
        return lines;
    }

    /** A mean, or a dash if it is unknown. */
    static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "–";
    }

    /** A difference with its interval, and a star if it is beyond noise; a dash if it is unknown. */
    static String difference(AblationReport report, AblationComparison comparison, DetectionMetric measure) {
        return report.difference(comparison, measure)
                .map(one -> number(one) + (one.beyondNoise() ? " *" : ""))
                .orElse("–");
    }

    private static String number(PairedDifference one) {
        return String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f]",
                one.mean(),
                one.interval().lower(),
                one.interval().upper());
    }

    private static String row(String name, String first, String second) {
        return String.format(
                        Locale.ROOT,
                        "%-" + NAME_WIDTH + "s  %-" + COLUMN_WIDTH + "s  %-" + COLUMN_WIDTH + "s",
                        name,
                        first,
                        second)
                .stripTrailing();
    }
}
