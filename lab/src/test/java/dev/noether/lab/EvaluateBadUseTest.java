package dev.noether.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Wrong input of the lab's commands: exit code 2 and one line that names the thing and what would be right. */
class EvaluateBadUseTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void evaluateWithoutData() {
        assertRefused("noether: DATA or --config is missing: name files, or the detector file of a topic", "evaluate");
    }

    @Test
    void evaluateWhereThereIsNothing() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertRefused(
                "noether: there is no file or folder " + folder.resolve("absent"), "evaluate", folder + "/absent");
        assertRefused("noether: no series in " + empty, "evaluate", empty.toString());
    }

    @Test
    void evaluateARaggedRow() throws IOException {
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n1,2\n");
        assertRefused("test.csv line 3: 2 values, expected 3", "evaluate", data());
    }

    @Test
    void evaluateAShortHistory() throws IOException {
        entity("t,x\n0,1\n", "t,x\n0,1\n");
        assertRefused("noether: a: the training part has 1 row; a model needs at least 30", "evaluate", data());
    }

    @Test
    void evaluateIntoAFile() throws IOException {
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n");
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertRefused("noether: --out: the folder " + file, "evaluate", data(), "--out", file.toString());
        assertRefused("noether: --jobs must be at least 1 (got 0)", "evaluate", data(), "--jobs", "0");
    }

    @Test
    void evaluateTheSymmetryBesidePeers() throws IOException {
        entity("t,x\n0,1\n", "t,x,label\n0,1,0\n");
        assertRefused(
                "noether: --ablate-symmetry cannot be combined with --peers, --config or --scores-out",
                "evaluate",
                data(),
                "--ablate-symmetry",
                "--peers");
    }

    @Test
    void helpShowsTheCommandsOfTheLab() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("./noether evaluate DIR", "./noether reproduce", "./noether bench");
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
