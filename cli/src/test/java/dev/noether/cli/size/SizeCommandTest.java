package dev.noether.cli.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SizeCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The rate that `bench pipeline` reached on two cores, with the network that it used. */
    @Test
    void theMeasuredRateNeedsTheMeasuredCoresTimesTheHeadroom() throws Exception {
        JsonNode scoring = size("--entities", "1000", "--features", "38", "--rate", "635728")
                .get("scoring");
        assertThat(scoring.get("cores").asDouble()).isEqualTo(3 * 2.0, within(1e-6));
        assertThat(scoring.get("parallelism").asInt()).isEqualTo(6);
        assertThat(scoring.get("taskManagers").asInt()).isEqualTo(3);
    }

    /** docs/architecture.md: 3,272 bytes, and 3.0 GiB for a million. */
    @Test
    void theStateIsThatOfTheArchitecturePage() throws Exception {
        JsonNode scoring = size("--entities", "1000000", "--features", "38", "--rate", "100")
                .get("scoring");
        assertThat(scoring.get("entityBytes").asLong()).isEqualTo(3272);
        assertThat(scoring.get("stateMemory").asLong()).isEqualTo(3121);
        assertThat(scoring.get("checkpointDisk").asLong()).isEqualTo(12482);
    }

    /** 100,800,000 rows took 154 + 21 seconds. */
    @Test
    void theTrainingOfAWeekOfTenThousandEntities() throws Exception {
        JsonNode retraining = size("--entities", "10000", "--features", "12", "--rate", "166.6666666666")
                .get("retraining");
        assertThat(retraining.get("historyRows").asLong()).isEqualTo(100_800_000);
        assertThat(retraining.get("seconds").asLong()).isBetween(170L, 185L);
        assertThat(retraining.get("heap").asLong()).isBetween(256L + 138, 256L + 160);
    }

    @Test
    void everythingGrowsWithWhatItDependsOn() throws Exception {
        JsonNode small = size("--entities", "1000", "--features", "38", "--rate", "1000");
        JsonNode fast = size("--entities", "1000", "--features", "38", "--rate", "100000");
        JsonNode wide = size("--entities", "1000", "--features", "380", "--rate", "1000");
        JsonNode json = size("--entities", "1000", "--features", "38", "--rate", "1000", "--format", "json");
        JsonNode kept = size("--entities", "1000", "--features", "38", "--rate", "1000", "--retention", "P14D");
        JsonNode single = size("--entities", "1000", "--features", "38", "--rate", "1000", "--replication", "1");
        assertThat(cores(fast)).isEqualTo(100 * cores(small), within(1e-6));
        assertThat(cores(wide)).isEqualTo(10 * cores(small), within(1e-6));
        assertThat(cores(json)).isEqualTo(cores(small) / .306, within(1e-6));
        assertThat(disk(kept)).isEqualTo(2 * disk(small), within(2.0));
        assertThat(disk(single)).isEqualTo(disk(small) / 3, within(2.0));
        assertThat(disk(json)).isGreaterThan(2 * disk(small));
        assertThat(small.get("kafka").get("partitions").asInt()).isEqualTo(4);
    }

    /** The smallest detector gets what compose gives its task manager. */
    @Test
    void aSmallDetectorGetsTheMemoryOfCompose() throws Exception {
        String compose = String.valueOf(
                ComposeFile.load(ProjectFiles.file("deploy/flink/config.yaml")).get("taskmanager.memory.process.size"));
        JsonNode scoring =
                size("--entities", "60", "--features", "12", "--rate", "60").get("scoring");
        assertThat(scoring.get("taskManagerMemory").asDouble())
                .isEqualTo(Double.parseDouble(compose.replace("m", "")), within(60.0));
    }

    @Test
    void adviceSaysWhatElseToDecide() throws Exception {
        assertThat(size("--entities", "60", "--features", "12", "--rate", "60").get("advice"))
                .isEmpty();
        assertThat(size("--entities", "2000000", "--features", "12", "--rate", "60", "--retention", "P1D")
                        .get("advice")
                        .toString())
                .contains("`entities.max` to at least 2000000", "`retraining.history`, PT168H");
        assertThat(size("--entities", "1", "--features", "1", "--rate", "0.001")
                        .get("advice")
                        .toString())
                .contains("`retraining.minRows`");
        assertThat(size("--entities", "1000000", "--features", "1000", "--rate", "100")
                        .get("advice")
                        .toString())
                .contains("RocksDB");
    }

    @Test
    void theDetectorsFileGivesFeaturesAndHistory() throws Exception {
        String file = ProjectFiles.file("deploy/detector.yaml").toString();
        JsonNode size = size("--entities", "60", "--rate", "10", "--config", file);
        assertThat(size.get("retraining").get("historyRows").asLong()).isEqualTo(864_000);
        assertThat(execute("--entities", "60", "--rate", "10", "--config", file, "--features", "3"))
                .isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString()).contains("has 12; leave one of them out");
        assertThat(execute("--entities", "60", "--rate", "10")).isEqualTo(ExitCode.BAD_USE);
        assertThat(execute("--entities", "60", "--rate", "NaN", "--features", "3"))
                .isEqualTo(ExitCode.BAD_USE);
    }

    @Test
    void asTextForPeople() {
        assertThat(execute("--entities", "10000", "--features", "38", "--rate", "1000"))
                .isZero();
        assertThat(out.toString())
                .contains("Scoring job", "  parallelism    1", "Retrainer", "Kafka", "  partitions     4")
                .contains("32 MiB; 3,272 bytes an entity");
    }

    private static double cores(JsonNode size) {
        return size.get("scoring").get("cores").asDouble();
    }

    private static double disk(JsonNode size) {
        return size.get("kafka").get("disk").asDouble();
    }

    private JsonNode size(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--json");
        out.getBuffer().setLength(0);
        assertThat(execute(words.toArray(String[]::new))).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int execute(String... options) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        List<String> words = new ArrayList<>(List.of("size"));
        words.addAll(List.of(options));
        return commands.execute(words.toArray(String[]::new));
    }
}
