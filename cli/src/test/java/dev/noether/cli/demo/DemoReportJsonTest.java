package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the JSON report and their order. Scripts of users read them, so they must not change. */
class DemoReportJsonTest {
    private static final List<String> RANKING_KEYS =
            List.of("rows", "anomalousRows", "aucRoc", "aucPr", "pcaAucRoc", "pcaAucPr");

    @TempDir
    private Path folder;

    @Test
    void theKeysOfTheReport() throws IOException {
        assertThat(keys(json(TestingReports.complete())))
                .containsExactly(
                        "workload",
                        "resumedFrom",
                        "observations",
                        "scores",
                        "unscored",
                        "unscoredReasons",
                        "rejected",
                        "missing",
                        "duplicated",
                        "unexpected",
                        "anomalous",
                        "modelVersions",
                        "scoresByModelVersion",
                        "swaps",
                        "modelsRefused",
                        "retrainings",
                        "retrainingFailures",
                        "liveRows",
                        "recordsPerSecond",
                        "latencyMillis",
                        "latencyOf",
                        "startupSeconds",
                        "totalSeconds",
                        "detection",
                        "example",
                        "reported",
                        "machine");
    }

    @Test
    void theKeysOfTheNestedObjects() throws IOException {
        JsonNode report = json(TestingReports.complete());

        assertThat(keys(report.get("latencyMillis"))).containsExactly("p50", "p99");
        assertThat(keys(report.get("machine")))
                .containsExactly("cores", "heapMebibytes", "java", "os", "openblasCoreType", "engine", "parallelism");
        List<String> expected = new ArrayList<>(RANKING_KEYS);
        expected.addAll(List.of(
                "precision",
                "recall",
                "baselineWindowRows",
                "baselineComponents",
                "byModelVersion",
                "byEntity",
                "told",
                "incidents"));
        JsonNode detection = report.get("detection");
        assertThat(keys(detection)).containsExactlyElementsOf(expected);
        assertThat(keys(detection.get("told")))
                .containsExactly("anomalies", "silences", "groups", "stalls", "beside", "accepted");
        assertThat(keys(detection.get("incidents"))).containsExactly("level_shift", "spike");
        assertThat(keys(detection.get("incidents").get("spike"))).containsExactly("total", "found");
        assertThat(keys(detection.get("byModelVersion").get("1"))).containsExactlyElementsOf(RANKING_KEYS);
        assertThat(keys(detection.get("byEntity").get("web-01"))).containsExactlyElementsOf(RANKING_KEYS);
    }

    @Test
    void theValuesOfTheReport() throws IOException {
        JsonNode report = json(TestingReports.complete());

        assertThat(report.get("resumedFrom").isNull()).isTrue();
        assertThat(report.get("observations").asLong()).isEqualTo(367_063);
        assertThat(report.get("unscoredReasons").get("COLD_START").asLong()).isEqualTo(259_200);
        assertThat(report.get("anomalous").asLong()).isEqualTo(132);
        assertThat(report.get("modelVersions").toString()).isEqualTo("[1,2]");
        assertThat(report.get("scoresByModelVersion").toString()).isEqualTo("{\"1\":17700,\"2\":90163}");
        assertThat(report.get("liveRows").asInt()).isEqualTo(107_863);
        assertThat(report.get("latencyMillis").get("p99").asDouble()).isEqualTo(1020);
        assertThat(report.get("detection").get("aucPr").asDouble()).isEqualTo(0.460);
        assertThat(report.get("detection").get("told").get("beside").asInt()).isEqualTo(46);
        assertThat(report.get("detection").get("incidents").get("level_shift").toString())
                .isEqualTo("{\"total\":5,\"found\":4}");
    }

    @Test
    void anUnknownFigureIsNull() throws IOException {
        Ranking unknown = new Ranking(10, 0, null, null, null, null);
        DetectionReport detection = new DetectionReport(
                unknown, null, null, 8, 10, Map.of(), Map.of(), new IncidentCounts(0, 0, 0, 0, null, 0), Map.of());
        JsonNode report = json(TestingReports.report(TestingReports.COMPLETE, TestingReports.TWO_MODELS, detection))
                .get("detection");

        for (String key : List.of("aucRoc", "aucPr", "pcaAucRoc", "pcaAucPr", "precision", "recall")) {
            assertThat(report.get(key).isNull()).as(key).isTrue();
        }
        assertThat(report.get("told").get("beside").isNull()).isTrue();
        assertThat(report.get("incidents").isEmpty()).isTrue();
    }

    @Test
    void aReportReplacesAnOlderFileAndCreatesTheFolder() throws IOException {
        Path file = folder.resolve("new/report.json");
        TestingReports.complete().write(file);
        String first = Files.readString(file);
        Files.writeString(file, first + first);

        TestingReports.complete().write(file);

        assertThat(file).hasContent(first);
    }

    private JsonNode json(DemoReport report) throws IOException {
        Path file = folder.resolve("report.json");
        report.write(file);
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
