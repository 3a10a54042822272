package dev.noether.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command with a wrong value: one line with the option and the value, and exit code 2. A new
 * option is tested without a change here.
 */
class WrongOptionsTest {
    private static final Set<Class<?>> NUMBERS = Set.of(
            int.class, Integer.class, long.class, Long.class, short.class, Short.class, double.class, Double.class);
    /** Any whole number is a seed. */
    private static final Set<String> OF_ANY_SIGN = Set.of("--seed");

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    /** A file and a folder that exist, for the options that a command requires. */
    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(folder.resolve("detector.yaml"), """
                detector: d
                features: [cpu_percent]
                kafka: {bootstrapServers: "127.0.0.1:1"}
                """);
        Path entity = Files.createDirectories(folder.resolve("data/a"));
        Files.writeString(entity.resolve("train.csv"), "t,cpu_percent\n0,1\n");
        Files.writeString(entity.resolve("test.csv"), "t,cpu_percent,label\n0,1,0\n");
    }

    static Stream<Arguments> options() {
        return commands(Main.commands(() -> false))
                .flatMap(command -> command.getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp()
                                && !option.versionHelp()
                                && option.arity().max() > 0)
                        .map(option -> Arguments.of(words(command), option.longestName())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("options")
    void aWrongValueIsNamedInOneLine(List<String> command, String name) {
        OptionSpec option = option(command, name);
        Class<?> type = option.auxiliaryTypes()[0];
        if (NUMBERS.contains(type)) {
            assertRefused(command, name, "many", "'" + name + "'", "expected a", "(got many)");
            assertRefused(command, name, "1e400000", "'" + name + "'");
            if (!OF_ANY_SIGN.contains(name)) {
                assertRefused(command, name, "-1", name, "-1");
            }
        } else if (type == Instant.class) {
            assertRefused(command, name, "yesterday", "'" + name + "'", "expected a time such as", "(got yesterday)");
            assertRefused(command, name, "2024-02-30", "'" + name + "'", "(got 2024-02-30)");
        } else if (type == Duration.class) {
            assertRefused(command, name, "soon", "'" + name + "'", "expected a duration such as", "(got soon)");
            assertRefused(command, name, "-PT5S", "'" + name + "'", "(got -PT5S)");
        } else if (type == Path.class) {
            assertRefused(command, name, "s3://bucket/x", "'" + name + "'", "on this machine (got s3://bucket/x)");
            assertRefused(command, name, "", "'" + name + "'", "on this machine (got nothing)");
            boolean isInput = Set.of("--config", "--data", "--streams").contains(name);
            Path wrong = isInput ? folder.resolve("absent") : file.resolve("below-a-file");
            assertRefused(command, name, wrong.toString(), isInput ? wrong.toString() : file.toString());
        } else if (type.isEnum()) {
            assertRefused(command, name, "purple", "'" + name + "'", "purple", "expected one of");
        } else {
            assertThat(type)
                    .as("%s: decide here what is wrong for this type", name)
                    .isEqualTo(String.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scrore",
                "evalute",
                "bench pipelin",
                "demo --flet=3",
                "topics creat",
                "score --config=x --create-topic"
            })
    void aMistypedNameIsAnsweredWithTheRightOne(String line) {
        assertThat(execute(line.split(" "))).isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString())
                .contains("; did you mean ")
                .startsWith("noether: ./noether")
                .hasLineCount(1);
    }

    private void assertRefused(List<String> command, String name, String value, String... parts) {
        List<String> line = new ArrayList<>(command);
        required(command, name).forEach((option, given) -> line.addAll(List.of(option, given)));
        line.addAll(parameters(command));
        line.add(name + "=" + value);
        err.getBuffer().setLength(0);
        int code = execute(line.toArray(String[]::new));
        assertThat(err.toString())
                .as("%s", line)
                .startsWith("noether: ")
                .contains(parts)
                .doesNotContain("Exception", "\tat ")
                .hasLineCount(1);
        assertThat(code).as("%s", line).isEqualTo(ExitCode.BAD_USE);
    }

    private List<String> parameters(List<String> command) {
        return switch (String.join(" ", command)) {
            case "evaluate" -> List.of(folder.resolve("data").toString());
            case "feedback" -> List.of("ab12", "dismiss");
            case "models show", "models promote" -> List.of("1");
            case "models diff" -> List.of("1", "2");
            case "tail" -> List.of("incidents");
            case "compare" -> List.of(file.toString(), file.toString());
            default -> List.of();
        };
    }

    private Map<String, String> required(List<String> command, String except) {
        String config = file.toString();
        String data = folder.resolve("data").toString();
        Map<String, String> all = switch (command.get(0)) {
            case "score",
                    "import",
                    "run",
                    "retrain",
                    "retrainer",
                    "produce",
                    "topics",
                    "check",
                    "feedback",
                    "models",
                    "tail",
                    "console",
                    "notify" -> Map.of("--config", config);
            case "replay" -> Map.of("--data", data, "--bootstrap", "127.0.0.1:1", "--topic", "t");
            case "infer" -> Map.of("--bootstrap", "127.0.0.1:1", "--topic", "t");
            case "size" -> Map.of("--entities", "10", "--rate", "1", "--features", "1");
            case "demo" -> Map.of("--dir", folder.toString());
            case "reproduce" ->
                Map.of("--data", data, "--out", folder.resolve("out").toString());
            default -> Map.of();
        };
        Map<String, String> others = new TreeMap<>(all);
        others.remove(except);
        return others;
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(new StringWriter()));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }

    private static OptionSpec option(List<String> command, String name) {
        CommandLine found = Main.commands(() -> false);
        for (String word : command) {
            found = found.getSubcommands().get(word);
        }
        return found.getCommandSpec().findOption(name);
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(WrongOptionsTest::commands);
    }

    private static List<String> words(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName(" ");
        return List.of(name.substring("noether ".length()).split(" "));
    }
}
