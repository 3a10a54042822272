package dev.noether.lab.reproduce.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.reproduce.TestingRuns;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a reproduction are read by scripts: keys, their order and numbers are a contract. */
final class ReproductionFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        ReproductionReport report = TestingRuns.report(
                "CBF",
                TestingRuns.series(ComparedMethod.PCA10, 0.3, 0.3, 0.3),
                TestingRuns.series(ComparedMethod.AE, 0.2, 0.22, 0.24),
                TestingRuns.series(ComparedMethod.LIE1, 0.1, Double.NaN, 0.12),
                TestingRuns.series(ComparedMethod.LIE1_ZERO, 0.2, 0.21, 0.2));
        new ReproductionFiles(report).write(folder.resolve("out"));
    }

    @Test
    void theTableHoldsMeanDeviationAndRunsOfEachMethod() throws IOException {
        JsonNode table = json("table1.json");
        assertThat(table.fieldNames()).toIterable().containsExactly("CBF");
        JsonNode row = table.get("CBF");
        assertThat(row.fieldNames()).toIterable().as("controls are not in it").containsExactly("pca10", "ae", "lie1");
        assertThat(row.get("ae").fieldNames()).toIterable().containsExactly("mean", "std", "runs");
        assertThat(row.get("ae").get("mean").doubleValue()).isCloseTo(22, within(1e-9));
        assertThat(row.get("ae").get("std").doubleValue()).isCloseTo(2, within(1e-9));
        assertThat(row.get("lie1").get("runs").intValue())
                .as("a failed run is in no mean")
                .isEqualTo(2);
        assertThat(row.get("lie1").get("mean").doubleValue()).isCloseTo(11, within(1e-9));
        assertThat(row.get("pca10").get("std").doubleValue()).isZero();
    }

    @Test
    void theCsvHasThePapersFiguresBesideOurs() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("out/table1.csv")))
                .containsExactly(
                        "set,method,mean,std,runs,failed,paper_plain,paper_best",
                        "CBF,pca10,30.0000,0.00000,3,0,62.3800,43.9900",
                        "CBF,ae,22.0000,2.00000,3,0,62.3800,43.9900",
                        "CBF,lie1,11.0000,1.41421,2,1,62.3800,43.9900");
    }

    @Test
    void theAblationHoldsPairedDifferences() throws IOException {
        JsonNode ablation = json("ablation.json");
        assertThat(ablation.fieldNames()).toIterable().containsExactly("sets", "overall", "detection");
        JsonNode lie1 = ablation.get("sets").get("CBF").get("lie1");
        assertThat(lie1.fieldNames())
                .toIterable()
                .containsExactly("pairs", "mean", "standardError", "lower", "upper", "wilcoxon", "beyondNoise");
        // 10 − 20 and 12 − 24; the seed of the failed run is left out.
        assertThat(lie1.get("pairs").intValue()).isEqualTo(2);
        assertThat(lie1.get("mean").doubleValue()).isCloseTo(-11, within(1e-9));
        assertThat(lie1.get("standardError").doubleValue()).isCloseTo(1, within(1e-9));
        assertThat(ablation.get("overall").isEmpty())
                .as("one set has no mean over sets")
                .isTrue();
    }

    @Test
    void filesAreReplaced() throws IOException {
        ReproductionReport other = TestingRuns.report("Waves", TestingRuns.series(ComparedMethod.PCA10, 0.5));
        new ReproductionFiles(other).write(folder.resolve("out"));
        assertThat(json("table1.json").fieldNames()).toIterable().containsExactly("Waves");
        assertThat(Files.readAllLines(folder.resolve("out/table1.csv")))
                .as("a set that the paper does not have")
                .last()
                .isEqualTo("Waves,pca10,50.0000,0.00000,1,0,,");
        assertThat(List.of(folder.resolve("out").toFile().list()))
                .containsExactlyInAnyOrder("table1.json", "table1.csv", "ablation.json", "symmetry.json");
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readAllBytes(folder.resolve("out").resolve(name)));
    }
}
