package dev.noether.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The speed of the job with one source, compared with Noether's own records.
 *
 * @param source name of the source
 * @param recordsPerSecond median of the rounds
 * @param valuesPerSecond median of the rounds
 * @param recordsRatio median over the rounds of the records per second divided by those of the own records in the same
 *     round
 * @param valuesRatio the same for the values per second
 * @param processorMicrosOfRecord median of the processor time of a record, microseconds
 * @param missing number of observations without an outcome in all rounds
 */
record SourceComparison(
        String source,
        double recordsPerSecond,
        double valuesPerSecond,
        double recordsRatio,
        double valuesRatio,
        double processorMicrosOfRecord,
        long missing) {
    private static final double MICROS = 1e6;

    /** Compares the sources, the first of which is the own one. Each has as many rounds. */
    static List<SourceComparison> of(List<List<SourceRound>> rounds) {
        List<SourceComparison> all = new ArrayList<>();
        List<SourceRound> own = rounds.get(0);
        for (List<SourceRound> of : rounds) {
            all.add(new SourceComparison(
                    of.get(0).source(),
                    median(of, SourceRound::recordsPerSecond),
                    median(of, SourceRound::valuesPerSecond),
                    ratio(of, own, SourceRound::recordsPerSecond),
                    ratio(of, own, SourceRound::valuesPerSecond),
                    median(of, round -> MICROS * round.processorSeconds() / round.records()),
                    of.stream().mapToLong(SourceRound::missing).sum()));
        }
        return all;
    }

    private static double ratio(
            List<SourceRound> rounds, List<SourceRound> own, ToDoubleFunction<SourceRound> measure) {
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = measure.applyAsDouble(rounds.get(i)) / measure.applyAsDouble(own.get(i));
        }
        return PipelineComparison.median(ratios);
    }

    private static double median(List<SourceRound> rounds, ToDoubleFunction<SourceRound> measure) {
        return PipelineComparison.median(rounds.stream().mapToDouble(measure).toArray());
    }
}
