package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real demonstration as a process: the guarantees of its report, a stop with SIGTERM, and a resumed run. */
class DemoIT {
    private static final int FLEET = 12;

    @TempDir
    private Path folder;

    @Test
    void noOutcomeIsMissingOrDuplicatedAndTwoModelsScore() throws Exception {
        Path json = folder.resolve("out.json");
        try (NoetherProcess demo = NoetherProcess.start(
                folder, "demo", "--for", "20s", "--fleet", Integer.toString(FLEET), "--json", json.toString())) {
            assertThat(demo.waitFor()).as(demo::output).isZero();
        }

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertComplete(report);
        assertThat(report.get("unscored").asLong())
                .isEqualTo(report.get("unscoredReasons").get("COLD_START").asLong())
                .isEqualTo(FLEET * 3 * 24 * 60);
        assertThat(report.get("rejected").asLong()).isZero();
        assertThat(report.get("modelVersions").size()).isGreaterThanOrEqualTo(2);
        assertThat(report.get("swaps").asLong()).isPositive();
        assertThat(report.get("recordsPerSecond").asDouble()).isPositive();
        assertThat(report.get("latencyMillis").get("p50").asDouble()).isPositive();
        assertThat(report.get("latencyMillis").get("p99").asDouble()).isPositive();
        assertThat(report.get("startupSeconds").asDouble()).isPositive();
        for (String number : List.of("aucRoc", "aucPr", "pcaAucRoc", "pcaAucPr")) {
            assertThat(report.get("detection").get(number).asDouble())
                    .as(number)
                    .isBetween(0.0, 1.0);
        }
        assertThat(report.get("detection").get("incidents").size()).isPositive();
        assertThat(report.get("machine").get("cores").asInt()).isPositive();
        assertThat(remainingFiles(folder.resolve(".noether"))).containsExactly("noether.log", "report.json");
    }

    /** At these times the JVM, the log or the broker is starting. */
    @ParameterizedTest
    @ValueSource(ints = {300, 900, 2_000})
    void aRunThatIsStoppedEarlyPrintsNoException(int milliseconds) throws Exception {
        try (NoetherProcess demo = NoetherProcess.start(folder, "demo")) {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            demo.terminate();
            assertThat(demo.waitFor()).as(demo::output).isEqualTo(143);
            assertThat(demo.output()).doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    @Tag("long")
    void aStoppedRunContinues() throws Exception {
        Path kept = folder.resolve("kept");
        try (NoetherProcess demo =
                NoetherProcess.start(folder, "demo", "--for", "10m", "--fleet", "12", "--keep", kept.toString())) {
            demo.awaitOutput("Sending [0-9,]+ live observations");
            TimeUnit.SECONDS.sleep(3);
            demo.terminate();
            assertThat(demo.waitFor()).as(demo::output).isEqualTo(143);
            assertThat(demo.output()).contains("Stopped.").doesNotContain("\tat ", "Exception");
        }

        Path json = folder.resolve("out.json");
        try (NoetherProcess demo = NoetherProcess.start(
                folder,
                "demo",
                "--for",
                "15s",
                "--fleet",
                "12",
                "--keep",
                kept.toString(),
                "--json",
                json.toString())) {
            assertThat(demo.waitFor()).as(demo::output).isZero();
        }

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertComplete(report);
        assertThat(report.get("resumedFrom").asText()).startsWith("chk-");
        assertThat(report.get("observations").asLong())
                .isGreaterThan(12 * 3 * 24 * 60 + report.get("liveRows").asLong());
    }

    @Test
    @Tag("long")
    void theIncidentOfAHeartbeatSaysHowItsShapeDiffers() throws Exception {
        Path json = folder.resolve("out.json");
        try (NoetherProcess demo = NoetherProcess.start(
                folder, "demo", "--scenario", "heartbeat", "--for", "30s", "--json", json.toString())) {
            assertThat(demo.waitFor()).as(demo::output).isZero();
            assertThat(demo.output()).containsPattern("heart-[0-9]+: pulse [a-z ]+ in the .*last 64 rows");
        }

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertComplete(report);
        assertThat(report.get("example").get("shapeFinding").get("periodRows").asInt())
                .isEqualTo(64);
        for (JsonNode fault : report.get("detection").get("incidents")) {
            assertThat(fault.get("found").asInt()).isPositive();
        }
    }

    /** The guarantees of every run. */
    private static void assertComplete(JsonNode report) {
        assertThat(report.get("missing").asLong()).isZero();
        assertThat(report.get("duplicated").asLong()).isZero();
        assertThat(report.get("unexpected").asLong()).isZero();
        assertThat(report.get("scores").asLong() + report.get("rejected").asLong())
                .isEqualTo(report.get("observations").asLong());
    }

    private static List<String> remainingFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
