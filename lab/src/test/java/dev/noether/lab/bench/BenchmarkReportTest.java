package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.bench.PipelineRound.Variant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports of benchmarks: medians of the rounds, and the keys that scripts read. */
final class BenchmarkReportTest {
    @Test
    void aComparisonIsTheRatioOfMedians() {
        PipelineComparison odd = comparison(new double[] {100, 900, 300}, new double[] {1_000, 2_000, 600});
        assertThat(odd.scoring()).isEqualTo(300);
        assertThat(odd.passThrough()).isEqualTo(1_000);
        assertThat(odd.ratio()).isCloseTo(0.3, within(1e-12));
        PipelineComparison even = comparison(new double[] {100, 200}, new double[] {600, 400});
        assertThat(even.scoring()).isEqualTo(150);
        assertThat(even.passThrough()).isEqualTo(500);
        assertThat(even.rounds()).as("every round is kept").hasSize(4);
    }

    @Test
    void theScorersSpeedIsTheMedianOfItsRounds() {
        assertThat(ScorerSpeed.of("x", 8, List.of(5.0, 1.0, 3.0)).nanoseconds()).isEqualTo(3);
        assertThat(ScorerSpeed.of("x", 8, List.of(4.0, 1.0)).nanoseconds()).isEqualTo(2.5);
        assertThat(ScorerSpeed.of("x", 8, List.of(4.0, 1.0)).rounds()).containsExactly(4.0, 1.0);
    }

    @Test
    void theJsonOfThePipelineBenchmark() {
        PipelineOptions options =
                new PipelineOptions(10, 1, 1, 4, List.of(1), 3, 5, 2, 7, false, List.of(BenchmarkSource.NOETHER), 0);
        MachineDescription machine = new MachineDescription(2, "17", "vm", "linux", 512, "engine", "unset");
        PipelineReport report =
                new PipelineReport(options, machine, List.of(comparison(new double[] {1}, new double[] {2})));
        JsonNode json = new ObjectMapper().valueToTree(report);
        assertThat(json.fieldNames()).toIterable().containsExactly("options", "machine", "comparisons");
        assertThat(json.get("options").fieldNames())
                .toIterable()
                .containsExactly(
                        "records",
                        "rounds",
                        "parallelism",
                        "batchSize",
                        "windows",
                        "features",
                        "hidden",
                        "codeSize",
                        "entities",
                        "shadow",
                        "sources",
                        "period");
        assertThat(json.get("machine").fieldNames())
                .toIterable()
                .containsExactly(
                        "cores", "java", "virtualMachine", "system", "heapMebibytes", "engine", "openblasCoreType");
        JsonNode comparison = json.get("comparisons").get(0);
        assertThat(comparison.fieldNames())
                .toIterable()
                .containsExactly("window", "network", "scoring", "passThrough", "ratio", "shadow", "rounds");
        assertThat(comparison.get("rounds").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "variant",
                        "records",
                        "missing",
                        "duplicated",
                        "unscored",
                        "anomalous",
                        "seconds",
                        "recordsPerSecond",
                        "processorSeconds");
        assertThat(comparison.get("rounds").get(0).get("variant").textValue()).isEqualTo("SCORING");
    }

    @Test
    void theCodeMustFitIntoAWindow() {
        assertThatThrownBy(() -> new PipelineOptions(
                        10, 1, 1, 4, List.of(4, 1), 3, 5, 4, 7, false, List.of(BenchmarkSource.NOETHER), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`--code` must be at most `--window` × `--features` = 3 (got 4)");
        assertThatThrownBy(() -> new ScorerOptions(1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`--batch` must be at least 1 (got 0)");
    }

    @Test
    void thisMachineIsDescribed() {
        MachineDescription machine = MachineDescription.here();
        assertThat(machine.cores()).isPositive();
        assertThat(machine.engine()).isNotBlank();
        assertThat(machine.openblasCoreType()).isNotBlank();
    }

    private static PipelineComparison comparison(double[] scoring, double[] passThrough) {
        List<PipelineRound> rounds = new ArrayList<>();
        for (int round = 0; round < scoring.length; round++) {
            rounds.add(round(Variant.SCORING, scoring[round]));
            rounds.add(round(Variant.PASS_THROUGH, passThrough[round]));
        }
        return PipelineComparison.of(1, "38-64-10-64-38", rounds);
    }

    private static PipelineRound round(Variant variant, double rate) {
        return new PipelineRound(variant, 10, 0, 0, 0, 0, 10 / rate, rate, 1);
    }
}
