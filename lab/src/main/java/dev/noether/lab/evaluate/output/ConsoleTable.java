package dev.noether.lab.evaluate.output;

import dev.noether.lab.evaluate.Evaluation;
import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.CauseHitRates;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The means, alarm rates and cause hit rates of a set as lines of text. */
public final class ConsoleTable {
    static final List<DetectionMetric> STREAM_COLUMNS = List.of(
            DetectionMetric.VUS_PR,
            DetectionMetric.VUS_ROC,
            DetectionMetric.AUC_PR,
            DetectionMetric.AUC_ROC,
            DetectionMetric.EVENT_F1,
            DetectionMetric.UCR,
            DetectionMetric.RANK_DELAY,
            DetectionMetric.VUS_PR_DELAYED,
            DetectionMetric.UCR_DELAYED,
            DetectionMetric.EVENTS_AT_1,
            DetectionMetric.EVENTS_AT_10,
            DetectionMetric.EVENTS_AT_100,
            DetectionMetric.DELAY_AT_10,
            DetectionMetric.INCIDENTS_PER_EVENT,
            DetectionMetric.SECONDS);
    static final List<DetectionMetric> TABLE_COLUMNS =
            List.of(DetectionMetric.AUC_ROC, DetectionMetric.AUC_PR, DetectionMetric.SECONDS);

    /** Without labels nothing can be ranked; the incidents and the alarm rates remain. */
    static final List<DetectionMetric> UNLABELLED_COLUMNS =
            List.of(DetectionMetric.TRAIN_SECONDS, DetectionMetric.SECONDS);

    private static final int NAME_WIDTH = 17;

    private ConsoleTable() {}

    /** The metrics in a set's tables. */
    static List<DetectionMetric> columns(SetReport set) {
        List<DetectionMetric> columns =
                set.table() ? TABLE_COLUMNS : set.isLabelled() ? STREAM_COLUMNS : UNLABELLED_COLUMNS;
        return columns.stream().filter(measure -> isShown(set, measure)).toList();
    }

    /** A column of a metric that only some sets have is left out for the others. */
    private static boolean isShown(SetReport set, DetectionMetric measure) {
        return switch (measure) {
            case UCR -> set.hasOneEventEach();
            case UCR_DELAYED -> set.hasOneEventEach() && set.has(measure);
            case RANK_DELAY, VUS_PR_DELAYED -> set.has(DetectionMetric.VUS_PR_DELAYED);
            default -> true;
        };
    }

    /** A sentence for each peer that does not apply to some series of a set. */
    static List<String> skips(SetReport set) {
        return set.skips().stream()
                .map(skip -> skip.peer() + " was not run on " + skip.count() + " of "
                        + set.series().size() + " series: " + skip.reason())
                .toList();
    }

    /** Sentences that say in which series shapes are judged, and why not in the others. */
    static List<String> shapes(SetReport set) {
        List<SeriesReport> all = set.series();
        if (all.size() == 1) {
            return Stream.of(all.get(0).shape()).filter(one -> !one.isEmpty()).toList();
        }
        List<String> lines = new ArrayList<>();
        long judged = all.stream().filter(SeriesReport::isShapeJudged).count();
        if (judged > 0) {
            lines.add("shapes are judged in " + judged + " of " + all.size() + " series");
        }
        set.withoutShape()
                .forEach((sentence, names) -> lines.add(
                        (names.size() == all.size() ? "all series" : String.join(", ", names)) + ": " + sentence));
        return lines;
    }

    /** The lines for the console. */
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
        shapes(set).forEach(shape -> lines.add("  " + shape));
        skips(set).forEach(skip -> lines.add("  " + skip));
        for (SeriesReport series : set.series()) {
            series.failures()
                    .forEach(
                            (detector, why) -> lines.add("  " + detector + " failed on " + series.name() + ": " + why));
        }
        return lines;
    }

    /** A number with the digits of its metric, or a dash if it is unknown. */
    static String number(DetectionMetric measure, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + measure.digits() + "f", value) : "–";
    }

    private static String line(SetReport set, String detector, MetricValues figures) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", detector));
        for (DetectionMetric measure : columns(set)) {
            String format = "  %" + measure.title().length() + "s";
            line.append(String.format(Locale.ROOT, format, number(measure, figures.get(measure))));
        }
        return line.toString();
    }

    private static void differences(List<String> lines, SetReport set) {
        DetectionMetric area = set.table() ? DetectionMetric.AUC_ROC : DetectionMetric.VUS_PR;
        DetectionMetric early = set.table() ? DetectionMetric.AUC_PR : DetectionMetric.EVENTS_AT_10;
        for (String peer : set.detectors()) {
            if (!peer.equals(Evaluation.DETECTOR)) {
                String first = difference(set, peer, area);
                String second = difference(set, peer, early);
                lines.add("  " + Evaluation.DETECTOR + " − " + peer + ": " + area.title() + " " + first + ", "
                        + early.title() + " " + second);
            }
        }
    }

    private static String difference(SetReport set, String peer, DetectionMetric measure) {
        return set.difference(Evaluation.DETECTOR, peer, measure)
                .map(one -> String.format(
                        Locale.ROOT,
                        "%+.3f ± %.3f%s",
                        one.mean(),
                        one.standardError(),
                        one.beyondNoise() ? "" : " (within noise)"))
                .orElse("–");
    }

    private static void budget(List<String> lines, SetReport set) {
        List<AlarmBudgetResult> all = new ArrayList<>(set.pooledBudget());
        all.addAll(set.pooledOwnBudget());
        for (AlarmBudgetResult line : all) {
            String foundShare = line.events() == 0 || set.table()
                    ? ""
                    : String.format(Locale.ROOT, ", share of events found %.3f", line.share());
            lines.add(
                    set.isLabelled()
                            ? String.format(
                                    Locale.ROOT,
                                    "  alarms per normal row: promised %.0e, realised %.2e (%.2f times)%s",
                                    line.rate().promised(),
                                    line.rate().realised(),
                                    line.rate().ratio(),
                                    foundShare)
                            : String.format(
                                    Locale.ROOT,
                                    "  alarms per row, those on real anomalies included: promised for normal rows %.0e,"
                                            + " realised %.2e",
                                    line.rate().promised(),
                                    line.rate().realised()));
        }
    }

    private static void causes(List<String> lines, SetReport set) {
        List<CauseHitRates> ours = set.series().stream()
                .map(one -> one.causes().detector())
                .filter(Objects::nonNull)
                .toList();
        List<CauseHitRates> plain = set.series().stream()
                .map(one -> one.causes().staticDeviations())
                .filter(Objects::nonNull)
                .toList();
        if (!ours.isEmpty()) {
            lines.add("  causes, HitRate@100 % / @150 %: " + hits(CauseHitRates.mean(ours)) + "; static deviations "
                    + hits(CauseHitRates.mean(plain)));
        }
    }

    private static String hits(CauseHitRates causes) {
        return String.format(
                Locale.ROOT,
                "per incident %.3f / %.3f, per record %.3f / %.3f",
                causes.event100(),
                causes.event150(),
                causes.row100(),
                causes.row150());
    }
}
