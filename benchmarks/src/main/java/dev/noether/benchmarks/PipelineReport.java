package dev.noether.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the pipeline benchmark found.
 *
 * @param options what ran
 * @param machine where it ran
 * @param comparisons one for each length of window
 */
record PipelineReport(PipelineOptions options, Machine machine, List<Comparison> comparisons) {
    PipelineReport {
        comparisons = List.copyOf(comparisons);
    }

    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }
}
