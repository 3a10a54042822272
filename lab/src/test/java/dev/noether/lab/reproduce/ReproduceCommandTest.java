package dev.noether.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.command.ReproduceCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command from files to files, on two tiny sets. */
final class ReproduceCommandTest {
    private static final String ALL_BUT_DEFAULT =
            "pca10,pca10-augmented,ae,denoising,contractive,lie1,lie2,lie1-zero,weight-decay,noise";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        TinySets.write(folder, "Waves", 16, 6);
        TinySets.write(folder, "More", 12, 5);
    }

    @Test
    void writesTheTableTheAblationAndThePage() throws Exception {
        assertThat(run(
                        "--methods",
                        ALL_BUT_DEFAULT,
                        "--json",
                        folder.resolve("copy/table.json").toString()))
                .as(out.toString())
                .isZero();
        JsonNode table = json("out/table1.json");
        assertThat(table.fieldNames()).toIterable().containsExactly("Waves", "More");
        assertThat(table.get("Waves").fieldNames())
                .toIterable()
                .containsExactly("pca10", "pca10-augmented", "ae", "denoising", "contractive", "lie1", "lie2");
        table.forEach(row -> row.forEach(figure -> {
            assertThat(figure.fieldNames()).toIterable().containsExactly("mean", "std", "runs");
            assertThat(figure.get("mean").doubleValue()).isPositive();
            assertThat(figure.get("std").doubleValue()).isNotNegative();
            assertThat(figure.get("runs").intValue()).isEqualTo(2);
        }));
        assertThat(table.get("Waves").get("pca10").get("std").doubleValue()).isZero();
        assertThat(json("copy/table.json")).isEqualTo(table);
        JsonNode ablation = json("out/ablation.json");
        assertThat(ablation.get("sets").get("More").fieldNames())
                .toIterable()
                .contains("lie1", "lie2", "lie1-zero", "weight-decay", "noise")
                .doesNotContain("ae");
        assertThat(ablation.get("overall").get("lie1").get("pairs").intValue()).isEqualTo(2);
        assertThat(Files.readAllLines(folder.resolve("out/table1.csv")))
                .hasSize(1 + 2 * 7)
                .allMatch(line -> line.split(",", -1).length == 8);
        assertPage();
    }

    /** With fewer runs than elsewhere, as a fit of it takes longer than all others together. */
    @Tag("long")
    @Test
    void theDefaultModelHasItsColumn() throws Exception {
        assertThat(run("--sets", "Waves", "--methods", "default,pca10", "--runs", "1"))
                .as(out.toString())
                .isZero();
        JsonNode row = json("out/table1.json").get("Waves");
        assertThat(row.fieldNames()).toIterable().containsExactly("default", "pca10");
        assertThat(row.get("default").get("mean").doubleValue()).isPositive();
        assertThat(Files.readString(folder.resolve("out/index.html"))).contains("method default");
    }

    private void assertPage() throws Exception {
        String page = Files.readString(folder.resolve("out/index.html"));
        assertThat(page)
                .contains(
                        "by learning rate alone",
                        "Waves",
                        "Protocol",
                        "Ablation",
                        "lie1-zero",
                        "Fig. 3",
                        "Fig. 5",
                        "Figs. 4 and 6")
                .doesNotContain("http://", "https://", "<script", "src=", "NaN", "Infinity", "%d", "%s");
        // Every tag closed, every sign escaped, every picture well formed.
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("svg")
                        .getLength())
                .as("the intervals, and curves, regions and two maps for each set")
                .isGreaterThanOrEqualTo(1 + 2 * 4);
    }

    @Test
    void aSecondStartDoesNothingAgain() throws Exception {
        // Without our own model, which takes longest and is kept by the same code as the components.
        String[] methods = {"--methods", ALL_BUT_DEFAULT};
        assertThat(run(methods)).isZero();
        String table = Files.readString(folder.resolve("out/table1.json"));
        Map<String, FileTime> before = runs();
        assertThat(before).hasSize(2 * (2 * 2 + 8 * (2 + 2)));
        // A run that was lost, and one that was cut off, are done again, and come out the same.
        Path lost =
                folder.resolve("out/runs").resolve(before.keySet().iterator().next());
        Files.delete(lost);
        String cut = before.keySet().stream().skip(5).findFirst().orElseThrow();
        Files.writeString(folder.resolve("out/runs").resolve(cut), "{");
        assertThat(run(methods)).isZero();
        assertThat(out.toString()).contains("70 trainings were stored in");
        assertThat(Files.readString(folder.resolve("out/table1.json"))).isEqualTo(table);
        Map<String, FileTime> after = runs();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.entrySet().stream().filter(run -> !run.getValue().equals(before.get(run.getKey()))))
                .as("written again")
                .hasSize(2);
    }

    @Test
    void theNumberOfJobsChangesNothing() throws Exception {
        String[] methods = {"--methods", "pca10,ae,lie1"};
        assertThat(run(methods)).isZero();
        String two = Files.readString(folder.resolve("out/table1.json"));
        for (int jobs : new int[] {1, 3}) {
            Path other = folder.resolve("out-" + jobs);
            assertThat(run(methods[0], methods[1], "--jobs", Integer.toString(jobs), "--out", other.toString()))
                    .isZero();
            assertThat(Files.readString(other.resolve("table1.json"))).isEqualTo(two);
        }
    }

    @Test
    void aSetThatCannotBeUsedIsLeftOutOfAWholeFolderAndRefusedByName() throws Exception {
        TinySets.write(folder.resolve("Ragged_TRAIN.tsv.gz"), "1\t1\t2\n1\t1\n");
        String[] quickly = {"--methods", "pca10", "--runs", "1"};
        assertThat(execute(quickly)).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("left out: the set Ragged cannot be used", "line 2: found 1 values, expected 2 as in line 1");
        assertThat(json("out/table1.json").fieldNames()).toIterable().containsExactly("More", "Waves");
        Files.delete(folder.resolve("out/table1.json"));
        assertThat(run("--sets", "Waves,Ragged", "--methods", "pca10")).isNotZero();
        assertThat(folder.resolve("out/table1.json")).doesNotExist();
    }

    private Map<String, FileTime> runs() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("out/runs"))) {
            for (Path file : files.toList()) {
                times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(file)));
    }

    private int run(String... more) {
        Stream<String> usual =
                Stream.of("--sets", "Waves,More", "--runs", "2", "--trials", "2", "--epochs", "3", "--jobs", "2");
        return execute(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
    }

    private int execute(String... options) {
        PrintWriter writer = new PrintWriter(out);
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--data",
                                folder.toString(),
                                "--out",
                                folder.resolve("out").toString()),
                        Stream.of(options))
                .toArray(String[]::new);
        return new CommandLine(new ReproduceCommand())
                .setOverwrittenOptionsAllowed(true)
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }
}
