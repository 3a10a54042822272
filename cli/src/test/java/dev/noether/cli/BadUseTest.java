package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A wrong option or input ends with exit code 2 and an error message without a stack trace. */
class BadUseTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void unknownOption() {
        assertRefused("noether: ./noether demo has no option --fro; did you mean --for?", "demo", "--fro");
    }

    @Test
    void unknownCommand() {
        assertRefused(
                "noether: ./noether has no command `dmo`; did you mean demo? The commands are demo, replay,", "dmo");
    }

    @Test
    void noDuration() {
        assertRefused("expected a duration such as 90s, 5m or PT2M (got soon)", "demo", "--for", "soon");
    }

    @Test
    void portInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(
                    "noether: port " + port + " is in use",
                    "demo",
                    "--port",
                    Integer.toString(port),
                    "--dir",
                    folder.toString());
        }
    }

    @Test
    void noDataFolder() {
        Path absent = folder.resolve("absent");
        assertRefused("noether: the folder " + absent + " does not exist", demo("--data", absent.toString()));
    }

    @Test
    void unknownEntity() throws IOException {
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n");
        assertRefused("noether: no entity b in", demo("--data", data(), "--entities", "b"));
    }

    @Test
    void raggedRow() throws IOException {
        entity("t,x\n0,1\n1,2,3\n", "t,x,label\n0,1,0\n");
        assertRefused("train.csv line 3: 3 values, expected 2", demo("--data", data()));
        assertThat(folder).as("folder of a run that did not begin").isDirectoryNotContaining("glob:**demo-*");
    }

    @Test
    void entitiesWithoutData() {
        assertRefused("noether: --entities needs --data", demo("--entities", "a"));
    }

    @Test
    void aDirectoryOfAnotherDemonstration() throws IOException {
        Files.writeString(folder.resolve("demo.txt"), "a simulated fleet of 5 servers, seed 1");
        assertRefused(
                "contains a demonstration with a simulated fleet of 5 servers, seed 1; it cannot continue with a"
                        + " simulated fleet of 60 servers, seed 1; choose another directory",
                "demo",
                "--keep",
                folder.toString());
    }

    @Test
    void noConfigurationFile() {
        assertRefused(
                "there is no such file",
                "score",
                "--config",
                folder.resolve("absent.yaml").toString());
    }

    @Test
    void importOfADetectorWithoutTopicsToRead() throws IOException {
        Path config = Files.writeString(folder.resolve("detector.yaml"), "detector: d\nfeatures: [x]\n");
        assertRefused(
                "noether: detector d needs no import: without `source.topics` and `source.topicPattern`, `score` reads the"
                        + " topic d.observations itself",
                "import",
                "--config",
                config.toString());
    }

    @Test
    void missingOption() {
        assertRefused("noether: Missing required option: '--config=FILE'", "retrain");
    }

    @Test
    void unknownConfigurationKey() throws IOException {
        Path config = folder.resolve("detector.yaml");
        Files.writeString(config, "detector: d\nfeatures: [x]\nwindow:\n  row: 4\n");
        assertRefused(
                "noether: " + config + ": line 4: `window.row` is not known; the nearest known key is `window.rows`",
                "score",
                "--config",
                config.toString());
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void noAddressOfABroker() throws IOException {
        Path config = Files.writeString(folder.resolve("detector.yaml"), "detector: d\nfeatures: [x]\n");
        String expected = "noether: --bootstrap: `kafka.bootstrapServers` must be host:port, or several with commas"
                + " between (got nowhere)";
        assertRefused(expected, "score", "--config", config.toString(), "--bootstrap", "nowhere");
        assertRefused(expected, "retrain", "--config", config.toString(), "--bootstrap", "nowhere");
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n");
        assertRefused(expected, "replay", "--data", data(), "--bootstrap", "nowhere", "--topic", "t");
        assertRefused(
                "noether: --topic: `topics.observations` must be a topic name",
                "replay",
                "--data",
                data(),
                "--bootstrap",
                "localhost:1",
                "--topic",
                "a b");
    }

    /** The check comes before the demonstration, which takes minutes. */
    @Test
    void aReportThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(
                "noether: --json: the folder " + file + " cannot be created: a file with this name exists",
                demo("--json", file.resolve("out.json").toString()));
        assertRefused("noether: --json must be a file (" + folder + " is a folder)", demo("--json", folder.toString()));
    }

    @Test
    void notTheFleetsFeatures() throws IOException {
        Path config = folder.resolve("detector.yaml");
        Files.writeString(config, "detector: d\nfeatures: [x]\n");
        assertRefused(
                "noether: the `features` of the detector must be those of the simulated fleet, [cpu_percent,",
                "produce",
                "--config",
                config.toString());
    }

    @Test
    void emptyRange() throws IOException {
        assertRefused(
                "noether: --from must be before --to",
                "retrain",
                "--config",
                "d.yaml",
                "--from",
                "2026-02-01T00:00:00Z",
                "--to",
                "2026-01-01T00:00:00Z");
    }

    @Test
    void topicsWithoutASubcommand() {
        assertRefused("noether: topics needs a subcommand, create or acl: ./noether topics create", "topics");
    }

    @Test
    void topicsWithoutPartitions() throws IOException {
        Path config = Files.writeString(folder.resolve("detector.yaml"), "detector: d\nfeatures: [x]\n");
        assertRefused(
                "noether: --partitions must be in [1, 10000] (got 0)",
                "topics",
                "create",
                "--config",
                config.toString(),
                "--partitions",
                "0");
    }

    @Test
    void replayWithoutTarget() throws IOException {
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n");
        assertRefused("noether: --config is missing, or both --bootstrap and --topic", "replay", "--data", data());
    }

    @Test
    void theStackTraceIsPrintedOnRequest() {
        int code = run(demo("--fleet", "0", "--stack-trace"));

        assertThat(code).isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString()).contains("noether: --fleet must be in [1, 10000] (got 0)", "\tat dev.noether.cli.");
    }

    @Test
    void helpShowsEachCommandWithAnExample() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "./noether demo --for 90s --json out.json",
                        "./noether replay --data",
                        "./noether produce --config",
                        "./noether topics create --config",
                        "./noether score --config",
                        "./noether retrain --config");
    }

    private String[] demo(String... further) {
        String[] arguments = new String[further.length + 3];
        arguments[0] = "demo";
        arguments[1] = "--dir";
        arguments[2] = folder.toString();
        System.arraycopy(further, 0, arguments, 3, further.length);
        return arguments;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void entity(String training, String test) throws IOException {
        Path entity = Files.createDirectories(folder.resolve("data").resolve("a"));
        Files.writeString(entity.resolve("train.csv"), training);
        Files.writeString(entity.resolve("test.csv"), test);
    }

    private void assertRefused(String message, String... arguments) {
        int code = run(arguments);

        assertThat(err.toString()).contains(message).startsWith("noether: ").doesNotContain("\tat ");
        assertThat(code).isEqualTo(ExitCode.BAD_USE);
    }

    private int run(String... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }
}
