package dev.noether.lab.bench;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench latency}: the time from an observation to its score. */
@Command(
        name = "latency",
        header = "Measure the time from the sending of an observation to the reading of its score.",
        description = {
            "Sender, broker, Flink and reader run in this process. The highest rate is what all of them manage"
                    + " together. Then",
            "the sender keeps 10, 50 and 80 % of it, at least once, and exactly once with a reader of committed scores."
        },
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench latency --seconds 30 --json latency.json")
public final class LatencyCommand implements Callable<Integer> {
    @Option(names = "--records", paramLabel = "N", description = "Observations sent at once, for the highest rate.")
    private int records = 500_000;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private int seconds = 15;

    @Option(names = "--features", paramLabel = "N", description = "Values of an observation.")
    private int features = 38;

    @Option(names = "--window", paramLabel = "ROWS", description = "Rows of a window.")
    private int window = 4;

    @Option(names = "--entities", paramLabel = "E", description = "Entities that report in turn.")
    private int entities = 1000;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        LatencyOptions options =
                BadUseException.checked(() -> new LatencyOptions(records, seconds, features, window, entities));
        result.requireWritable();
        Path parent = Files.createDirectories(Path.of(".noether").toAbsolutePath());
        LogFile.in(parent);
        Path directory = Files.createTempDirectory(parent, "bench-");
        try {
            LatencyReport report = new LatencyBenchmark(options, directory, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run();
            print(report, out);
            result.write(report);
        } finally {
            delete(directory);
        }
        return ExitCode.DONE;
    }

    private static void print(LatencyReport report, PrintWriter out) {
        MachineDescription machine = report.machine();
        out.printf(
                "%n%d cores, Java %s, engine %s, OPENBLAS_CORETYPE %s; a checkpoint each %,d ms%n",
                machine.cores(),
                machine.java(),
                machine.engine(),
                machine.openblasCoreType(),
                report.checkpointMillis());
        out.println("guarantee      of the highest  records/s     median        p99      p99.9    largest");
        for (LatencyReport.Job job : report.jobs()) {
            for (LatencyReport.Load load : job.loads()) {
                out.printf(
                        "%-13s  %12.0f %%  %,9.0f  %,6.1f ms  %,6.1f ms  %,6.1f ms  %,6.1f ms%n",
                        job.guarantee(),
                        100 * load.share(),
                        load.rate(),
                        load.median(),
                        load.p99(),
                        load.p999(),
                        load.largest());
            }
        }
        out.flush();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
