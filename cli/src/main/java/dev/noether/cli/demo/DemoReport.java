package dev.noether.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.console.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration has shown; what {@code --json} writes, key by key.
 *
 * @param workload what was sent
 * @param resumedFrom the checkpoint that the run went on from; null where it started afresh
 * @param observations in the topic, over all runs on the same directory, as the next eight
 * @param scores one for each observation that was not rejected, those without a score included
 * @param recordsPerSecond live rows seen with their score, by the time from the first one sent to the last one seen
 * @param latencyOf what the latency is measured from and to
 * @param startupSeconds from the start of the JVM until the first score that a model made was seen
 */
public record DemoReport(
        String workload,
        @Nullable String resumedFrom,
        long observations,
        long scores,
        long unscored,
        Map<String, Long> unscoredReasons,
        long rejected,
        long missing,
        long duplicated,
        long unexpected,
        long anomalous,
        List<Long> modelVersions,
        Map<Long, Long> scoresByModelVersion,
        long swaps,
        long modelsRefused,
        int retrainings,
        int retrainingFailures,
        int liveRows,
        double recordsPerSecond,
        Latency latencyMillis,
        String latencyOf,
        double startupSeconds,
        double totalSeconds,
        Detection detection,
        Machine machine) {
    /**
     * Quantiles; null where nothing was timed.
     */
    public record Latency(@Nullable Double p50, @Nullable Double p99) {}

    /** Where it ran. */
    public record Machine(
            int cores,
            long heapMebibytes,
            String java,
            String os,
            String openblasCoreType,
            String engine,
            int parallelism) {}

    /** What was promised and did not happen, one line each; empty where all is well. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (missing > 0) {
            failures.add(missing + " observations have no outcome");
        }
        if (duplicated > 0) {
            failures.add(duplicated + " observations have more than one outcome");
        }
        if (unexpected > 0) {
            failures.add(unexpected + " outcomes belong to no observation");
        }
        if (modelVersions.size() < 2) {
            failures.add("only the model versions " + modelVersions + " scored, expected at least two");
        }
        return failures;
    }

    /** Shows it as a table. */
    public void show(Screen screen) {
        screen.line(DemoTable.of(this));
    }

    /** Writes it, in place of an older one. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] json =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this);
        Files.write(file, json);
    }
}
