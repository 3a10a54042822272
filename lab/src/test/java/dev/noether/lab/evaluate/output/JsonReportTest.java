package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.evaluate.TestingReports;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON of an evaluation is read by scripts: keys, their order, numbers and nulls are a contract. */
final class JsonReportTest {
    @TempDir
    private Path folder;

    private JsonNode root = new ObjectMapper().createObjectNode();

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("report.json");
        JsonReport.write(file, List.of(TestingReports.fleet(), TestingReports.table()));
        root = new ObjectMapper().readTree(Files.readAllBytes(file));
    }

    @Test
    void setsHoldSeriesMeansAndPairs() {
        assertThat(root.fieldNames()).toIterable().containsExactly("sets", "budget", "causes");
        assertThat(root.get("sets").fieldNames()).toIterable().containsExactly("fleet", "tables");
        JsonNode fleet = root.get("sets").get("fleet");
        assertThat(fleet.fieldNames()).toIterable().containsExactly("series", "mean", "paired");
        assertThat(fleet.get("series").fieldNames()).toIterable().containsExactly("a <1>", "b");
        JsonNode second = fleet.get("series").get("b");
        assertThat(second.fieldNames()).toIterable().containsExactly("rows", "events", "noether", "norm", "failed");
        assertThat(second.get("rows").intValue()).isEqualTo(1_000);
        assertThat(second.get("events").intValue()).isEqualTo(2);
        assertThat(second.get("failed").get("pca").textValue()).isEqualTo("too few rows & no hope");
    }

    @Test
    void everyMetricHasItsKeyAndAnUnknownOneIsNull() {
        JsonNode norm = root.get("sets").get("fleet").get("series").get("a <1>").get("norm");
        assertThat(norm.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(DetectionMetric.values())
                        .map(DetectionMetric::key)
                        .toList());
        assertThat(norm.get("vusPr").doubleValue()).isEqualTo(0.4);
        assertThat(norm.get("delayAt10").isNull()).isTrue();
        assertThat(norm.get("vusRoc").isNull()).isTrue();
    }

    @Test
    void meansLeaveOutUnknownNumbers() {
        JsonNode mean = root.get("sets").get("fleet").get("mean");
        assertThat(mean.fieldNames()).toIterable().containsExactly("noether", "norm", "pca");
        assertThat(mean.get("noether").get("vusPr").doubleValue()).isCloseTo(0.7, within(1e-12));
        assertThat(mean.get("norm").get("delayAt10").doubleValue()).isEqualTo(3);
        assertThat(mean.get("pca").get("vusPr").doubleValue()).isEqualTo(0.45);
    }

    @Test
    void pairsAreNoetherMinusEachPeer() {
        JsonNode paired = root.get("sets").get("fleet").get("paired");
        assertThat(paired.fieldNames()).toIterable().containsExactly("norm", "pca");
        JsonNode difference = paired.get("norm").get("vusPr");
        assertThat(difference.fieldNames())
                .toIterable()
                .containsExactly("mean", "standardError", "low", "high", "wilcoxon", "pairs", "beyondNoise");
        // Differences .1 and .3: mean .2, standard error .1, and Student's t is 12.706 with one degree of freedom.
        assertThat(difference.get("mean").doubleValue()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.get("standardError").doubleValue()).isCloseTo(0.1, within(1e-12));
        assertThat(difference.get("low").doubleValue()).isCloseTo(0.2 - 1.2706, within(1e-4));
        assertThat(difference.get("high").doubleValue()).isCloseTo(0.2 + 1.2706, within(1e-4));
        assertThat(difference.get("wilcoxon").doubleValue()).isCloseTo(0.5, within(1e-12));
        assertThat(difference.get("pairs").intValue()).isEqualTo(2);
        assertThat(difference.get("beyondNoise").booleanValue()).isFalse();
        assertThat(paired.get("pca").isEmpty())
                .as("one common series is no pair")
                .isTrue();
    }

    @Test
    void budgetsAreGivenPooledAndBySeries() {
        JsonNode budget = root.get("budget").get("fleet");
        assertThat(budget.fieldNames()).toIterable().containsExactly("pooled", "own", "series");
        assertThat(budget.get("pooled")).hasSize(3);
        JsonNode thousandth = budget.get("pooled").get(1);
        assertThat(thousandth.fieldNames())
                .toIterable()
                .containsExactly(
                        "promised",
                        "realised",
                        "ratio",
                        "low",
                        "high",
                        "alarms",
                        "normalRows",
                        "events",
                        "eventsFound");
        assertThat(thousandth.get("promised").doubleValue()).isEqualTo(1e-3);
        assertThat(thousandth.get("realised").doubleValue()).isEqualTo(4 / 2_000.0);
        assertThat(thousandth.get("ratio").doubleValue()).isCloseTo(2, within(1e-12));
        assertThat(thousandth.get("alarms").intValue()).isEqualTo(4);
        assertThat(thousandth.get("normalRows").intValue()).isEqualTo(2_000);
        assertThat(thousandth.get("events").intValue()).isEqualTo(4);
        assertThat(thousandth.get("eventsFound").doubleValue()).isEqualTo(0.5);
        assertThat(thousandth.get("low").doubleValue()).isLessThan(0.002);
        assertThat(thousandth.get("high").doubleValue()).isGreaterThan(0.002);
        assertThat(budget.get("own").get(0).get("alarms").intValue()).isEqualTo(8);
        assertThat(budget.get("series").get("b").fieldNames()).toIterable().containsExactly("rates", "own");
        assertThat(budget.get("series").get("b").get("rates")).hasSize(3);
    }

    @Test
    void aDelayItsMetricsAndSkippedPeersAreGiven() {
        JsonNode beats = JsonReport.of(List.of(TestingReports.beats())).at("/sets/beats");
        JsonNode shape = beats.at("/series/c/shape");
        assertThat(shape.get("rankDelay").doubleValue()).isEqualTo(120);
        assertThat(shape.get("ucr").doubleValue()).isZero();
        assertThat(shape.get("vusPrDelayed").doubleValue()).isEqualTo(0.375);
        assertThat(shape.get("ucrDelayed").doubleValue()).isEqualTo(1);
        assertThat(beats.at("/mean/noether/ucr").doubleValue()).isEqualTo(0.5);
        assertThat(beats.at("/mean/noether/rankDelay").isNull()).isTrue();
        assertThat(beats.at("/series/c").has("skipped")).isFalse();
        assertThat(beats.at("/series/d/skipped/shape").textValue()).isEqualTo("two & more");
    }

    @Test
    void causesAreGivenOnlyForSetsThatHaveThem() {
        JsonNode causes = root.get("causes");
        assertThat(causes.fieldNames()).toIterable().containsExactly("fleet");
        JsonNode fleet = causes.get("fleet");
        assertThat(fleet.fieldNames()).toIterable().containsExactly("noether", "static", "series");
        assertThat(fleet.get("noether").fieldNames())
                .toIterable()
                .containsExactly("incident100", "incident150", "record100", "record150", "events");
        assertThat(fleet.get("noether").get("incident150").doubleValue()).isEqualTo(0.75);
        assertThat(fleet.get("static").get("record150").doubleValue()).isEqualTo(0.625);
        assertThat(fleet.get("noether").get("events").intValue())
                .as("of both series")
                .isEqualTo(4);
        assertThat(fleet.get("series").get("b").get("events").intValue()).isEqualTo(2);
    }
}
