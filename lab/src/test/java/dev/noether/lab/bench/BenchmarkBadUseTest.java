package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.noether.cli.console.BadUseException;
import dev.noether.lab.bench.training.TrainingCommand;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What cannot be is refused before the first round. */
final class BenchmarkBadUseTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "scorer", "training"})
    void aResultThatCannotBeWrittenIsToldBeforeTheMeasurement(String benchmark) {
        assertRefused(benchmark, "--json must be a file (" + folder + " is a folder)", "--json", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "scorer", "training"})
    void anOptionOutOfRangeIsNamed(String benchmark) {
        assertRefused(benchmark, "`--rounds` must be at least 1 (got 0)", "--rounds", "0");
    }

    private static void assertRefused(String benchmark, String message, String... arguments) {
        Callable<Integer> command = switch (benchmark) {
            case "pipeline" -> new PipelineCommand();
            case "scorer" -> new ScorerCommand();
            default -> new TrainingCommand();
        };
        new CommandLine(command).parseArgs(arguments);
        assertThatExceptionOfType(BadUseException.class)
                .isThrownBy(command::call)
                .withMessage(message);
    }
}
