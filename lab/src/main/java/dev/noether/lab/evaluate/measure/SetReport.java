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
 * What came of a set.
 *
 * @param name of the set
 * @param series in the order in which they were judged
 */
public record SetReport(String name, List<SeriesReport> series) {
    /** Copies. */
    public SetReport {
        series = List.copyOf(series);
    }

    /** Whether its rows are independent of one another. */
    public boolean table() {
        return series.stream().allMatch(SeriesReport::table);
    }

    /** The detectors that have figures for at least one series, in the order of tables. */
    public List<String> detectors() {
        return series.stream()
                .flatMap(one -> one.figures().keySet().stream())
                .distinct()
                .toList();
    }

    /** The mean of each detector over the series that it has figures for. */
    public Map<String, Figures> means() {
        Map<String, Figures> means = new LinkedHashMap<>();
        for (String detector : detectors()) {
            means.put(
                    detector,
                    Figures.mean(series.stream()
                            .map(one -> one.figures().get(detector))
                            .filter(Objects::nonNull)
                            .toList()));
        }
        return Collections.unmodifiableMap(means);
    }

    /**
     * Two detectors over the series that both have a number for, first minus second; empty where there are fewer than two.
     */
    public Optional<PairedDifference> difference(String first, String second, Measure measure) {
        List<double[]> pairs = new ArrayList<>();
        for (SeriesReport one : series) {
            Figures ours = one.figures().get(first);
            Figures theirs = one.figures().get(second);
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

    /** The budget lines of all series, each promise pooled. */
    public List<BudgetLine> pooledBudget() {
        List<BudgetLine> pooled = new ArrayList<>();
        for (int i = 0; i < BudgetLine.PROMISES.size(); i++) {
            int promise = i;
            pooled.addAll(pool(
                    one -> one.budget().size() > promise ? List.of(one.budget().get(promise)) : List.of()));
        }
        return pooled;
    }

    /** The detector's own budget over all series; empty where it failed on all. */
    public List<BudgetLine> pooledOwnBudget() {
        return pool(SeriesReport::ownBudget);
    }

    private List<BudgetLine> pool(Function<SeriesReport, List<BudgetLine>> choose) {
        List<BudgetLine> lines =
                series.stream().map(choose).flatMap(List::stream).toList();
        return lines.isEmpty() ? List.of() : List.of(BudgetLine.pooled(lines));
    }
}
