package dev.noether.lab.bench.retraining;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.lab.bench.JsonResultOption;
import dev.noether.lab.bench.MachineDescription;
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

/** {@code noether bench retraining}: time and memory of a retraining on a long history. */
@Command(
        name = "retraining",
        header = "Measure a retraining on the history of a fleet: rows a second, time, memory.",
        description = {
            "A fleet writes its history, one row a minute for each server, to a broker in this process. The retraining"
                    + " job reads it,",
            "samples it, trains a model, and judges it. A full garbage collection every five seconds measures the live"
                    + " heap.",
            "The history takes about 60 bytes a row below .noether in the working directory, and is deleted at the end."
        },
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench retraining --rows 10000000 --json retraining.json")
public final class RetrainingCommand implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", description = "Rows of the history, of all servers together.")
    private long rows = 1_000_000;

    @Option(names = "--entities", paramLabel = "E", description = "Servers of the fleet.")
    private int entities = 10_000;

    @Option(names = "--max-rows", paramLabel = "N", description = "Rows of the sample: retraining.maxRows.")
    private int maxRows = 200_000;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        RetrainingBenchmarkOptions options =
                BadUseException.checked(() -> new RetrainingBenchmarkOptions(rows, entities, maxRows));
        result.requireWritable();
        Path parent = Files.createDirectories(Path.of(".noether").toAbsolutePath());
        LogFile.in(parent);
        Path directory = Files.createTempDirectory(parent, "bench-");
        try {
            RetrainingSpeed speed = new RetrainingBenchmark(options, directory, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run();
            Report report = new Report(options, MachineDescription.here(), speed);
            print(report, out);
            result.write(report);
        } finally {
            delete(directory);
        }
        return ExitCode.DONE;
    }

    private static void print(Report report, PrintWriter out) {
        MachineDescription machine = report.machine();
        RetrainingSpeed speed = report.speed();
        out.printf(
                "%n%d cores, Java %s, heap of %,d MiB, engine %s, OPENBLAS_CORETYPE %s%n",
                machine.cores(), machine.java(), machine.heapMebibytes(), machine.engine(), machine.openblasCoreType());
        out.printf(
                "history   %,d rows of %,d entities%n",
                speed.rows(), report.options().entities());
        print(out, "written", speed.write());
        print(out, "read", speed.read());
        out.printf(
                "trained   in %,.1f s on %,d rows, %d epochs: %s%n",
                speed.trainSeconds(), speed.sampledRows(), speed.epochs(), speed.outcome());
        RetrainingSpeed.Memory memory = speed.memory();
        out.printf(
                "heap      %,.0f MiB live at most, %,.0f before the job; %,.0f with garbage%n",
                memory.live(), memory.before(), memory.used());
        out.printf("process   %,.0f MiB resident at most%n", memory.resident());
        out.printf("settings  %,.0f MiB: maxRows x window.rows x features x 4 bytes%n", memory.sample());
        out.flush();
    }

    private static void print(PrintWriter out, String name, RetrainingSpeed.Pass pass) {
        out.printf("%-9s in %,.1f s, %,.0f rows/s%n", name, pass.seconds(), pass.rowsPerSecond());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The content of the JSON file. */
    record Report(RetrainingBenchmarkOptions options, MachineDescription machine, RetrainingSpeed speed) {}
}
