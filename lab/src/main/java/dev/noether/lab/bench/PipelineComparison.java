package dev.noether.lab.bench;

import dev.noether.lab.bench.PipelineRound.Variant;
import java.util.List;

/**
 * Scoring against pass-through for one length of window.
 *
 * @param window rows of a window
 * @param network widths of the layers, such as 38-64-10-64-38
 * @param scoring records per second with the scorer, median of the rounds
 * @param passThrough records per second without it, median of the rounds
 * @param ratio the one by the other
 * @param rounds every measured round, in the order in which they ran
 */
record PipelineComparison(
        int window, String network, double scoring, double passThrough, double ratio, List<PipelineRound> rounds) {
    static PipelineComparison of(int window, String network, List<PipelineRound> rounds) {
        double scoring = median(rounds, Variant.SCORING);
        double passThrough = median(rounds, Variant.PASS_THROUGH);
        return new PipelineComparison(
                window, network, scoring, passThrough, scoring / passThrough, List.copyOf(rounds));
    }

    private static double median(List<PipelineRound> rounds, Variant variant) {
        double[] rates = rounds.stream()
                .filter(round -> round.variant() == variant)
                .mapToDouble(PipelineRound::recordsPerSecond)
                .sorted()
                .toArray();
        int middle = rates.length / 2;
        return rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
    }
}
