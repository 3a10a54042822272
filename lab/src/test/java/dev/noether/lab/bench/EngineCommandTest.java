package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EngineCommandTest {
    @TempDir
    private Path folder;

    @Test
    void anEngineThatComputesTheSameIsProven() throws Exception {
        Path json = folder.resolve("card.json");
        StringWriter text = new StringWriter();
        assertThat(run(text, "--engine", "REFERENCE", "--json", json.toString()))
                .isZero();
        assertThat(text.toString()).contains("PROVEN: equal to 1e-5").doesNotContain("NOT PROVEN");
        assertThat(Files.readString(json)).contains("\"batchSize\"", "\"largestDifference\"", "\"machine\"");
    }

    /** Where there is a card, the other test of the machine is the command itself. */
    @Test
    void withoutACardNothingIsProven() {
        StringWriter text = new StringWriter();
        int code = run(text, "--engine", "AUTO");
        if (text.toString().contains("engine openblas")) {
            assertThat(code).isEqualTo(1);
            assertThat(text.toString()).contains("NOT PROVEN: the GPU is not used. GPU 0: ");
        }
    }

    private static int run(StringWriter text, String... words) {
        CommandLine command = new CommandLine(new EngineCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setOut(new PrintWriter(text));
        String[] all = new String[words.length + 6];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(new String[] {"--batches", "1,8", "--rows", "64", "--rounds", "1"}, 0, all, words.length, 6);
        return command.execute(all);
    }
}
