package dev.noether.lab.bench;

import java.util.List;

/**
 * The results of the pipeline benchmark.
 *
 * @param options options of the benchmark
 * @param machine machine of the benchmark
 * @param comparisons one comparison for each window length
 */
record PipelineReport(PipelineOptions options, MachineDescription machine, List<PipelineComparison> comparisons) {
    PipelineReport {
        comparisons = List.copyOf(comparisons);
    }
}
