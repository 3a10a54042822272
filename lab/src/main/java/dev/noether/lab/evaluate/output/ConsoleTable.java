package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.measure.BudgetLine;
import dev.noether.lab.evaluate.measure.CauseFigures;
import dev.noether.lab.evaluate.measure.Figures;
import dev.noether.lab.evaluate.measure.Measure;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A set's means as lines of text. */
public final class ConsoleTable {
    static final List<Measure> STREAM_COLUMNS = List.of(
            Measure.VUS_PR,
            Measure.VUS_ROC,
            Measure.AUC_PR,
            Measure.AUC_ROC,
            Measure.EVENT_F1,
            Measure.EVENTS_AT_1,
            Measure.EVENTS_AT_10,
            Measure.EVENTS_AT_100,
            Measure.DELAY_AT_10,
            Measure.INCIDENTS_PER_EVENT,
            Measure.SECONDS);
    static final List<Measure> TABLE_COLUMNS = List.of(Measure.AUC_ROC, Measure.AUC_PR, Measure.SECONDS);

    private static final int NAME_WIDTH = 17;

    private ConsoleTable() {}

    /** The measures that a set's tables show. */
    static List<Measure> columns(SetReport set) {
        return set.table() ? TABLE_COLUMNS : STREAM_COLUMNS;
    }

    /** The means, the budget and the causes. */
    public static List<String> lines(SetReport set) {
        List<String> lines = new ArrayList<>();
        lines.add(set.name() + ", means over " + set.series().size() + " series");
        StringBuilder header = new StringBuilder(" ".repeat(NAME_WIDTH));
        columns(set).forEach(measure -> header.append("  ").append(measure.title()));
        lines.add(header.toString());
        set.means().forEach((detector, figures) -> lines.add(line(set, detector, figures)));
        differences(lines, set);
        budget(lines, set);
        causes(lines, set);
        for (SeriesReport series : set.series()) {
            series.failures()
                    .forEach(
                            (detector, why) -> lines.add("  " + detector + " failed on " + series.name() + ": " + why));
        }
        return lines;
    }

    /** One number with as many digits as its measure has, or a dash. */
    static String number(Measure measure, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + measure.digits() + "f", value) : "–";
    }

    private static String line(SetReport set, String detector, Figures figures) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", detector));
        for (Measure measure : columns(set)) {
            String format = "  %" + measure.title().length() + "s";
            line.append(String.format(Locale.ROOT, format, number(measure, figures.get(measure))));
        }
        return line.toString();
    }

    private static void differences(List<String> lines, SetReport set) {
        Measure area = set.table() ? Measure.AUC_ROC : Measure.VUS_PR;
        Measure early = set.table() ? Measure.AUC_PR : Measure.EVENTS_AT_10;
        for (String peer : set.detectors()) {
            if (!peer.equals(Evaluation.DETECTOR)) {
                String first = difference(set, peer, area);
                String second = difference(set, peer, early);
                lines.add("  " + Evaluation.DETECTOR + " − " + peer + ": " + area.title() + " " + first + ", "
                        + early.title() + " " + second);
            }
        }
    }

    private static String difference(SetReport set, String peer, Measure measure) {
        return set.difference(Evaluation.DETECTOR, peer, measure)
                .map(one -> String.format(
                        Locale.ROOT,
                        "%+.3f ± %.3f%s",
                        one.mean(),
                        one.standardError(),
                        one.beyondNoise() ? "" : " (within the noise)"))
                .orElse("–");
    }

    private static void budget(List<String> lines, SetReport set) {
        List<BudgetLine> all = new ArrayList<>(set.pooledBudget());
        all.addAll(set.pooledOwnBudget());
        for (BudgetLine line : all) {
            String found = line.events() == 0 || set.table()
                    ? ""
                    : String.format(Locale.ROOT, ", events found %.3f", line.share());
            lines.add(String.format(
                    Locale.ROOT,
                    "  promised %.0e, realised %.2e (%.2f times)%s",
                    line.rate().promised(),
                    line.rate().realised(),
                    line.rate().ratio(),
                    found));
        }
    }

    private static void causes(List<String> lines, SetReport set) {
        List<CauseFigures> ours = set.series().stream()
                .map(SeriesReport::causes)
                .filter(Objects::nonNull)
                .toList();
        List<CauseFigures> plain = set.series().stream()
                .map(SeriesReport::staticCauses)
                .filter(Objects::nonNull)
                .toList();
        if (!ours.isEmpty()) {
            lines.add("  causes, HitRate@100 % / @150 %: " + hits(CauseFigures.mean(ours)) + "; static deviations "
                    + hits(CauseFigures.mean(plain)));
        }
    }

    private static String hits(CauseFigures causes) {
        return String.format(
                Locale.ROOT,
                "per incident %.3f / %.3f, per record %.3f / %.3f",
                causes.event100(),
                causes.event150(),
                causes.row100(),
                causes.row150());
    }
}
