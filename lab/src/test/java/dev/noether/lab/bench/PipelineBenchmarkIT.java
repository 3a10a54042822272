package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.bench.PipelineRound.Variant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whether the benchmark does the work that it times; how fast is not a matter for a test. */
@Tag("long")
class PipelineBenchmarkIT {
    private static final int RECORDS = 3000;
    private static final int ENTITIES = 7;
    private static final int WINDOW = 2;

    @TempDir
    private Path directory;

    @Test
    void eachRoundScoresEveryObservationOnce() throws Exception {
        PipelineOptions options = new PipelineOptions(
                RECORDS, 1, 2, 64, List.of(WINDOW), 5, 8, 3, ENTITIES, false, List.of(BenchmarkSource.NOETHER), 0);
        PipelineReport report = new PipelineBenchmark(options, directory, line -> {}).run();

        assertThat(report.comparisons()).hasSize(1);
        PipelineComparison comparison = report.comparisons().get(0);
        assertThat(comparison.network()).isEqualTo("10-8-3-8-10");
        assertThat(comparison.rounds())
                .extracting(PipelineRound::variant)
                .containsExactly(Variant.SCORING, Variant.PASS_THROUGH);
        assertThat(comparison.rounds()).allSatisfy(round -> {
            assertThat(round.records()).isEqualTo(RECORDS);
            assertThat(round.missing()).isZero();
            assertThat(round.duplicated()).isZero();
            assertThat(round.processorSeconds()).isPositive();
        });
        // Each entity's first rows have no full window yet, and a calibrated model calls few of the others strange.
        PipelineRound scoring = comparison.rounds().get(0);
        assertThat(scoring.unscored()).isEqualTo((long) ENTITIES * (WINDOW - 1));
        assertThat(scoring.anomalous()).isLessThan(RECORDS / 20);

        Path json = directory.resolve("report.json");
        JsonResultOption file = new JsonResultOption();
        new CommandLine(file).parseArgs("--json", json.toString());
        file.write(report);
        JsonNode read = new ObjectMapper().readTree(json.toFile());
        assertThat(read.at("/options/batchSize").asInt()).isEqualTo(64);
        assertThat(read.at("/machine/cores").asInt()).isPositive();
        assertThat(read.at("/comparisons/0/rounds")).hasSize(2);
    }

    /** Each format gives every observation: rows by a score, metrics by an assembled row. */
    @Test
    void sourcesAreComparedWithTheOwnOne() throws Exception {
        List<BenchmarkSource> sources = BenchmarkSource.named(List.of("otlp-proto", "long"));
        PipelineOptions options =
                new PipelineOptions(2000, 1, 1, 64, List.of(WINDOW), 4, 8, 3, ENTITIES, false, sources, 0);
        SourceReport report = new SourceBenchmark(options, directory, line -> {}).run();
        assertThat(report.comparisons())
                .extracting(SourceComparison::source)
                .containsExactly("noether", "otlp-proto", "long");
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.missing()).as(comparison.source()).isZero();
            assertThat(comparison.recordsRatio()).isPositive();
        });
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PipelineOptions(
                        0, 1, 1, 1, List.of(1), 5, 8, 3, 7, false, List.of(BenchmarkSource.NOETHER), 0))
                .withMessage("`--records` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PipelineOptions(
                        1, 1, 1, 1, List.of(1), 5, 8, 6, 7, false, List.of(BenchmarkSource.NOETHER), 0))
                .withMessage("`--code` must be at most `--window` × `--features` = 5 (got 6)");
    }
}
