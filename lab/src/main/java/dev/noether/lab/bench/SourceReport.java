package dev.noether.lab.bench;

import java.util.List;

/**
 * The results of the benchmark of the sources.
 *
 * @param options options of the benchmark
 * @param machine machine of the benchmark
 * @param comparisons one comparison for each source, the first of which is Noether's own records
 */
record SourceReport(PipelineOptions options, MachineDescription machine, List<SourceComparison> comparisons) {
    SourceReport {
        comparisons = List.copyOf(comparisons);
    }
}
