package dev.noether.lab.bench;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench pipeline}: the throughput of the whole job, with and without scoring. */
@Command(
        name = "pipeline",
        header = "Measure the whole job against the same job without the scoring.",
        description = {
            "Both jobs read the same observations from Kafka and write one score for each to Kafka, exactly once. One"
                    + " job scores",
            "them, the other passes them through. The jobs alternate, after two warm-up rounds of each."
        },
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench pipeline --records 1000000 --json pipeline.json")
public final class PipelineCommand implements Callable<Integer> {
    @Option(names = "--records", paramLabel = "N", description = "Observations of each round.")
    private int records = 1_000_000;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            description = "Measured rounds of each variant, after two of warm-up.")
    private int rounds = 5;

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            description = "Subtasks of each operator, partitions of the topics.")
    private int parallelism = 1;

    @Option(names = "--batch", paramLabel = "N", description = "Windows scored at once.")
    private int batch = 256;

    @Option(
            names = "--window",
            paramLabel = "ROWS",
            split = ",",
            description = "Rows of a window, or several lengths with commas between.")
    private List<Integer> windows = List.of(1, 4);

    @Option(names = "--features", paramLabel = "N", description = "Values of an observation.")
    private int features = 38;

    @Option(names = "--hidden", paramLabel = "N", description = "Width of the hidden layer on each side of the code.")
    private int hidden = 64;

    @Option(names = "--code", paramLabel = "N", description = "Width of the code.")
    private int code = 10;

    @Option(names = "--entities", paramLabel = "E", description = "Entities that report in turn.")
    private int entities = 1000;

    @Option(
            names = "--shape",
            paramLabel = "ROWS",
            description = "Period of a repeating signal, judged with a shape view; 0: the values are random.")
    private int shape;

    @Option(names = "--shadow", description = "Measure also the job with a second model that scores in shadow.")
    private boolean shadow;

    @Option(
            names = "--source",
            paramLabel = "FORMAT",
            split = ",",
            description =
                    "Formats of the observations, with commas between: noether, json, avro, confluent-avro, influx,"
                            + " otlp-proto, long (one value a record). Others than noether are compared with it, without the"
                            + " scoring.")
    private List<String> sources = List.of("noether");

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        PipelineOptions options = BadUseException.checked(() -> new PipelineOptions(
                records,
                rounds,
                parallelism,
                batch,
                windows,
                features,
                hidden,
                code,
                entities,
                shadow,
                BenchmarkSource.named(sources),
                shape));
        result.requireWritable();
        Path parent = Files.createDirectories(Path.of(".noether").toAbsolutePath());
        Path directory = Files.createTempDirectory(parent, "bench-");
        try {
            if (options.sources().equals(List.of(BenchmarkSource.NOETHER))) {
                PipelineReport report = new PipelineBenchmark(options, directory, line -> show(line, out)).run();
                print(report, out);
                result.write(report);
            } else {
                SourceReport report = new SourceBenchmark(options, directory, line -> show(line, out)).run();
                print(report, out);
                result.write(report);
            }
        } finally {
            delete(directory);
        }
        return ExitCode.DONE;
    }

    private static void show(String line, PrintWriter out) {
        out.println(line);
        out.flush();
    }

    private static void print(SourceReport report, PrintWriter out) {
        print(report.machine(), report.options(), out);
        out.println("source            records/s  of noether       values/s  of noether  processor time of a record");
        for (SourceComparison comparison : report.comparisons()) {
            out.printf(
                    "%-15s  %,10.0f  %10.3f  %,13.0f  %10.3f  %,.2f µs%n",
                    comparison.source(),
                    comparison.recordsPerSecond(),
                    comparison.recordsRatio(),
                    comparison.valuesPerSecond(),
                    comparison.valuesRatio(),
                    comparison.processorMicrosOfRecord());
        }
        out.printf(
                "missing observations: %d%n",
                report.comparisons().stream()
                        .mapToLong(SourceComparison::missing)
                        .sum());
        out.flush();
    }

    private static void print(MachineDescription machine, PipelineOptions options, PrintWriter out) {
        out.println();
        out.printf(
                "%d cores, Java %s, engine %s, OPENBLAS_CORETYPE %s; parallelism %d, micro-batch %d%n",
                machine.cores(),
                machine.java(),
                machine.engine(),
                machine.openblasCoreType(),
                options.parallelism(),
                options.batchSize());
    }

    private static void print(PipelineReport report, PrintWriter out) {
        print(report.machine(), report.options(), out);
        out.println("window  network               scoring/s  pass-through/s  ratio");
        for (PipelineComparison comparison : report.comparisons()) {
            out.printf(
                    "%6d  %-20s  %,9.0f  %,14.0f  %5.3f%n",
                    comparison.window(),
                    comparison.network(),
                    comparison.scoring(),
                    comparison.passThrough(),
                    comparison.ratio());
            if (comparison.shadow() != null) {
                out.printf(
                        "        with a model in shadow  %,9.0f; the time of a record is %.3f times that without%n",
                        comparison.shadow(), comparison.scoring() / comparison.shadow());
            }
        }
        long missing = report.comparisons().stream()
                .flatMap(comparison -> comparison.rounds().stream())
                .mapToLong(PipelineRound::missing)
                .sum();
        long duplicated = report.comparisons().stream()
                .flatMap(comparison -> comparison.rounds().stream())
                .mapToLong(PipelineRound::duplicated)
                .sum();
        out.printf("missing scores: %d, duplicate scores: %d%n", missing, duplicated);
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
