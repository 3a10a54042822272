package dev.noether.lab.bench;

import dev.noether.lab.bench.PipelineRound.Variant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of scoring with pass-through for one window length.
 *
 * @param window number of rows of a window
 * @param network widths of the layers, such as 38-64-10-64-38
 * @param scoring records per second with the scorer, median of the rounds
 * @param passThrough records per second without the scorer, median of the rounds
 * @param ratio rate with the scorer divided by the rate without it
 * @param shadow records per second with a second model in shadow, median of the rounds; null if not measured
 * @param rounds all measured rounds, in the order of their runs
 */
record PipelineComparison(
        int window,
        String network,
        double scoring,
        double passThrough,
        double ratio,
        @Nullable Double shadow,
        List<PipelineRound> rounds) {
    static PipelineComparison of(int window, String network, List<PipelineRound> rounds) {
        double scoring = median(rounds, Variant.SCORING);
        double passThrough = median(rounds, Variant.PASS_THROUGH);
        boolean isShadowed = rounds.stream().anyMatch(round -> round.variant() == Variant.SHADOW);
        return new PipelineComparison(
                window,
                network,
                scoring,
                passThrough,
                scoring / passThrough,
                isShadowed ? median(rounds, Variant.SHADOW) : null,
                List.copyOf(rounds));
    }

    private static double median(List<PipelineRound> rounds, Variant variant) {
        double[] rates = rounds.stream()
                .filter(round -> round.variant() == variant)
                .mapToDouble(PipelineRound::recordsPerSecond)
                .toArray();
        return median(rates);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
