package dev.noether.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.command.TailCommand.SinceConverter;
import dev.noether.cli.compare.ComparisonReport;
import dev.noether.cli.compare.DetectorComparison;
import dev.noether.cli.console.ExitCode;
import dev.noether.flink.config.DetectorConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code noether compare}. */
@Command(
        name = "compare",
        header = "Compare two detectors that score the same observations.",
        description = {
            "Reads the scores and incidents of both: how many verdicts are equal, how often each alarms, which incidents",
            "only one of them has, and where the p-values differ most. For an upgrade: the second detector is the new",
            "version, with the same file but another name."
        },
        footer = "Example: ./noether compare fleet.yaml fleet-new.yaml --since 6h")
public final class CompareCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Configuration file of the first detector.")
    @Nullable
    Path first;

    @Parameters(index = "1", paramLabel = "OTHER", description = "Configuration file of the second detector.")
    @Nullable
    Path second;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker (default: kafka.bootstrapServers of the files).")
    @Nullable
    String bootstrap;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Event time of the oldest result: a duration before now, such as 2h, or an instant.")
    @Nullable
    Instant since;

    @Option(names = "--json", description = "Write JSON in place of text.")
    boolean isJson;

    @Override
    public Integer call() throws JsonProcessingException {
        ComparisonReport report = DetectorComparison.of(
                load(requireNonNull(first)), load(requireNonNull(second)), since == null ? 0 : since.toEpochMilli());
        PrintWriter out = Output.of(spec);
        if (isJson) {
            out.println(JSON.writeValueAsString(report));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private DetectorConfig load(Path file) {
        DetectorConfig config = DetectorConfig.load(file);
        return bootstrap == null ? config : DetectorChoice.at(config, bootstrap);
    }
}
