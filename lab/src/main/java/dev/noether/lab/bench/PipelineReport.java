package dev.noether.lab.bench;

import java.util.List;

/**
 * What the pipeline benchmark found.
 *
 * @param options what ran
 * @param machine where it ran
 * @param comparisons one for each length of window
 */
record PipelineReport(PipelineOptions options, MachineDescription machine, List<PipelineComparison> comparisons) {
    PipelineReport {
        comparisons = List.copyOf(comparisons);
    }
}
