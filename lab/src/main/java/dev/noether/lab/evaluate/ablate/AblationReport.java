package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.metric.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ablation on a set.
 *
 * @param name of the set
 * @param series the series, in order
 */
public record AblationReport(String name, List<AblationSeries> series) {
    /** The metrics of all variants; both need the newest row alone. */
    public static final List<DetectionMetric> METRICS = List.of(DetectionMetric.VUS_PR, DetectionMetric.UCR);

    /** Copies the list. */
    public AblationReport {
        series = List.copyOf(series);
    }

    /** The series with a shape view. */
    public List<AblationSeries> judged() {
        return series.stream().filter(one -> !one.metrics().isEmpty()).toList();
    }

    /** The mean of a variant over the series that have a number; NaN if there are none. */
    public double mean(AblationVariant variant, DetectionMetric measure) {
        return judged().stream()
                .mapToDouble(one -> one.value(variant, measure))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The paired difference of a comparison; empty with fewer than two series. */
    public Optional<PairedDifference> difference(AblationComparison comparison, DetectionMetric measure) {
        List<double[]> pairs = new ArrayList<>();
        for (AblationSeries one : judged()) {
            double first = one.value(comparison.first(), measure);
            double second = one.value(comparison.second(), measure);
            if (Double.isFinite(first) && Double.isFinite(second)) {
                pairs.add(new double[] {first, second});
            }
        }
        if (pairs.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(PairedDifference.of(
                pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                pairs.stream().mapToDouble(pair -> pair[1]).toArray()));
    }
}
