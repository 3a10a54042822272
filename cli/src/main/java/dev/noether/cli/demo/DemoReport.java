package dev.noether.cli.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one demonstration. {@code --json} writes it; the keys of the unwrapped records are on the top level of
 * the JSON object.
 *
 * @param workload description of the observations
 * @param resumedFrom name of the checkpoint from which the scoring job resumed; null after a fresh start
 * @param outcomes number of observations and of their outcomes
 * @param models models that were released and used
 * @param speed throughput, latency and run times
 * @param detection comparison of scores and incidents with the labels
 * @param example one incident that reports a simulated fault; null if there is none
 * @param reported every incident of the run, by its start
 * @param machine computer and Java runtime of the run
 */
public record DemoReport(
        String workload,
        @Nullable String resumedFrom,
        @JsonUnwrapped OutcomeCounts outcomes,
        @JsonUnwrapped ModelUse models,
        @JsonUnwrapped RunSpeed speed,
        DetectionReport detection,
        @Nullable ExampleIncident example,
        List<ReportedIncident> reported,
        Machine machine) {
    private static final int LEAST_MODEL_VERSIONS = 2;

    /** The guarantees that the run did not meet, one line each; empty if it met all of them. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (outcomes.missing() > 0) {
            failures.add(outcomes.missing() + " observations have no outcome");
        }
        if (outcomes.duplicated() > 0) {
            failures.add(outcomes.duplicated() + " outcomes are duplicates of another outcome");
        }
        if (outcomes.unexpected() > 0) {
            failures.add(outcomes.unexpected() + " outcomes belong to no observation");
        }
        if (models.modelVersions().size() < LEAST_MODEL_VERSIONS) {
            failures.add("the scores come from the model versions " + models.modelVersions() + ", expected at least "
                    + LEAST_MODEL_VERSIONS + " versions");
        }
        return failures;
    }

    /** Writes the report as JSON and replaces an existing file; creates the folder if it is missing. */
    public void write(Path file) throws IOException {
        write(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
    }

    /** Writes the report as an HTML page and replaces an existing file; creates the folder if it is missing. */
    public void writePage(Path file) throws IOException {
        write(file, DemoPage.html(this).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, content);
    }
}
