package dev.noether.lab.bench.training;

import java.util.List;

/**
 * The options of the training benchmark.
 *
 * @param batches numbers of windows of a step; all networks are trained with each
 * @param rounds number of measured rounds, after one warm-up round
 * @param seconds seconds of each method in a round
 */
record TrainingBenchmarkOptions(List<Integer> batches, int rounds, double seconds) {
    TrainingBenchmarkOptions {
        batches = List.copyOf(batches);
        for (int batch : batches) {
            if (batch < 1) {
                throw new IllegalArgumentException("`--batch` must be at least 1 (got " + batch + ")");
            }
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("`--rounds` must be at least 1 (got " + rounds + ")");
        }
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("`--seconds` must be in (0, 3600] (got " + seconds + ")");
        }
    }
}
