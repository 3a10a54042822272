package dev.noether.lab.evaluate.measure;

import dev.noether.lab.metric.PairedDifference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The evaluation of a set.
 *
 * @param name of the set
 * @param series reports of the series, in order
 */
public record SetReport(String name, List<SeriesReport> series) {
    /** Copies. */
    public SetReport {
        series = List.copyOf(series);
    }

    /** Whether the rows of all series are independent of each other. */
    public boolean table() {
        return series.stream().allMatch(SeriesReport::table);
    }

    /** Whether any series has labels. */
    public boolean isLabelled() {
        return series.stream().anyMatch(SeriesReport::isLabelled);
    }

    /** Whether each series with labels has exactly one event, so that a mean of UCR scores is defined. */
    public boolean hasOneEventEach() {
        return isLabelled()
                && series.stream()
                        .filter(SeriesReport::isLabelled)
                        .allMatch(one -> one.size().events() == 1);
    }

    /** Whether any series has a metric. */
    public boolean has(DetectionMetric measure) {
        return series.stream()
                .flatMap(one -> one.metrics().values().stream())
                .anyMatch(figures -> Double.isFinite(figures.get(measure)));
    }

    /** For each peer that does not apply to some series, why, and to how many; in the order of tables. */
    public List<Skip> skips() {
        Map<String, Skip> skips = new LinkedHashMap<>();
        for (SeriesReport one : series) {
            one.skipped()
                    .forEach((peer, reason) -> skips.merge(
                            peer + ": " + reason,
                            new Skip(peer, reason, 1),
                            (before, next) -> new Skip(peer, reason, before.count() + 1)));
        }
        return List.copyOf(skips.values());
    }

    /**
     * Series that a peer does not apply to.
     *
     * @param peer its name
     * @param reason why it does not apply
     * @param count number of series with this reason
     */
    public record Skip(String peer, String reason, int count) {}

    /** The sentences that say why shapes are not judged, each with the names of its series, in order. */
    public Map<String, List<String>> withoutShape() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (SeriesReport one : series) {
            if (!one.shape().isEmpty() && !one.isShapeJudged()) {
                names.computeIfAbsent(one.shape(), sentence -> new ArrayList<>())
                        .add(one.name());
            }
        }
        return names;
    }

    /** The detectors that have metrics for at least one series, in the order of tables. */
    public List<String> detectors() {
        return series.stream()
                .flatMap(one -> one.metrics().keySet().stream())
                .distinct()
                .toList();
    }

    /** The mean of each detector over the series that it has metrics for. */
    public Map<String, MetricValues> means() {
        Map<String, MetricValues> means = new LinkedHashMap<>();
        for (String detector : detectors()) {
            means.put(
                    detector,
                    MetricValues.mean(series.stream()
                            .map(one -> one.metrics().get(detector))
                            .filter(Objects::nonNull)
                            .toList()));
        }
        return Collections.unmodifiableMap(means);
    }

    /**
     * The first detector minus the second, paired over the series for which both have a number; empty with fewer than
     * two.
     */
    public Optional<PairedDifference> difference(String first, String second, DetectionMetric measure) {
        List<double[]> pairs = new ArrayList<>();
        for (SeriesReport one : series) {
            MetricValues ours = one.metrics().get(first);
            MetricValues theirs = one.metrics().get(second);
            if (ours != null
                    && theirs != null
                    && Double.isFinite(ours.get(measure))
                    && Double.isFinite(theirs.get(measure))) {
                pairs.add(new double[] {ours.get(measure), theirs.get(measure)});
            }
        }
        if (pairs.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(PairedDifference.of(
                pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                pairs.stream().mapToDouble(pair -> pair[1]).toArray()));
    }

    /** The realised alarm rates over all series, one for each promise. */
    public List<AlarmBudgetResult> pooledBudget() {
        List<AlarmBudgetResult> pooled = new ArrayList<>();
        for (int i = 0; i < AlarmBudgetResult.PROMISES.size(); i++) {
            int promise = i;
            pooled.addAll(pool(one -> one.budgets().standard().size() > promise
                    ? List.of(one.budgets().standard().get(promise))
                    : List.of()));
        }
        return pooled;
    }

    /** The realised rate of the detector's own budget over all series; empty if it failed on all. */
    public List<AlarmBudgetResult> pooledOwnBudget() {
        return pool(one -> one.budgets().own());
    }

    private List<AlarmBudgetResult> pool(Function<SeriesReport, List<AlarmBudgetResult>> choose) {
        List<AlarmBudgetResult> lines =
                series.stream().map(choose).flatMap(List::stream).toList();
        return lines.isEmpty() ? List.of() : List.of(AlarmBudgetResult.pooled(lines));
    }
}
