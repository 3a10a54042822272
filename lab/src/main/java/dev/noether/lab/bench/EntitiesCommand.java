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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench entities}: throughput and memory of the whole job by the number of entities. */
@Command(
        name = "entities",
        header = "Measure the whole job with few and with many entities.",
        description = {
            "Broker and Flink run in this process. A job of each number of entities and backend scores until all have a"
                    + " full window;",
            "its heap and its checkpoint are measured. Each round restores it from there, and scores the same records."
        },
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench entities --entities 1000,100000 --json entities.json")
public final class EntitiesCommand implements Callable<Integer> {
    @Option(names = "--entities", paramLabel = "E", split = ",", description = "Numbers of entities, with commas.")
    private List<Integer> entities = List.of(1000, 10_000, 100_000, 1_000_000);

    @Option(names = "--backend", paramLabel = "NAME", split = ",", description = "Where states are: heap, rocksdb.")
    private List<String> backends = List.of("heap", "rocksdb");

    @Option(names = "--records", paramLabel = "N", description = "Observations of each round.")
    private int records = 1_000_000;

    @Option(names = "--rounds", paramLabel = "R", description = "Measured rounds of each case, after one of warm-up.")
    private int rounds = 3;

    @Option(names = "--features", paramLabel = "N", description = "Values of an observation.")
    private int features = 8;

    @Option(names = "--window", paramLabel = "ROWS", description = "Rows of a window.")
    private int window = 4;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        EntitiesOptions options = BadUseException.checked(() -> new EntitiesOptions(
                entities, EntitiesOptions.Backend.named(backends), records, rounds, features, window));
        result.requireWritable();
        Path parent = Files.createDirectories(Path.of(".noether").toAbsolutePath());
        LogFile.in(parent);
        Path directory = Files.createTempDirectory(parent, "bench-");
        try {
            EntitiesReport report = new EntitiesBenchmark(options, directory, line -> {
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

    private static void print(EntitiesReport report, PrintWriter out) {
        MachineDescription machine = report.machine();
        out.printf(
                "%n%d cores, Java %s, heap of %,d MiB, engine %s, OPENBLAS_CORETYPE %s; %d features, %d rows%n",
                machine.cores(),
                machine.java(),
                machine.heapMebibytes(),
                machine.engine(),
                machine.openblasCoreType(),
                report.options().features(),
                report.options().window());
        out.println(" entities  backend  records/s (quartiles)            of the first   heap  checkpoint in "
                + "       restored in");
        for (EntitiesReport.Case one : report.cases()) {
            EntitiesReport.Case first = report.cases().stream()
                    .filter(other -> other.backend().equals(one.backend()))
                    .findFirst()
                    .orElseThrow();
            double[] rate = one.recordsPerSecond();
            out.printf(
                    "%,9d  %-7s  %,9.0f (%,9.0f, %,9.0f)         %.3f  %5s  %,10.0f %6.2f s  %6.2f s%n",
                    one.entities(),
                    one.backend(),
                    rate[1],
                    rate[0],
                    rate[2],
                    rate[1] / first.recordsPerSecond()[1],
                    one == first
                            ? "-"
                            : String.format(Locale.ROOT, "%,.0f", EntitiesReport.heapBytesOfEach(first, one)),
                    one.checkpointBytes() / (double) one.entities(),
                    one.checkpointSeconds(),
                    one.restoreSeconds()[1]);
        }
        out.printf(
                "heap and checkpoint are bytes of an entity; the job's estimate is %,d%n",
                report.documentedHeapBytes());
        out.printf(
                "missing scores: %d, duplicate scores: %d%n",
                sum(report, EntitiesReport.Round::missing), sum(report, EntitiesReport.Round::duplicated));
        out.flush();
    }

    private static long sum(EntitiesReport report, ToLongFunction<EntitiesReport.Round> count) {
        return report.cases().stream()
                .flatMap(one -> one.rounds().stream())
                .mapToLong(count)
                .sum();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
