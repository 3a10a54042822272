package dev.noether.lab.bench;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench engine}: whether a GPU computes what the CPU computes, and from which batch on it is faster. */
@Command(
        name = "engine",
        header = "Prove a GPU: compare the engine with OpenBLAS on the CPU.",
        description =
                "Reconstructs the same rows with the engine and with OpenBLAS, in batches of several sizes, and shows the"
                        + " largest difference and the rows of a second. Exit code 1: the engine differs by more than"
                        + " 1e-5, or the GPU cannot be used.",
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench engine --json card.json")
public final class EngineCommand implements Callable<Integer> {
    private static final double TOLERANCE = 1e-5;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "The engine: ${COMPLETION-CANDIDATES}.")
    private EngineChoice engine = EngineChoice.AUTO;

    @Option(names = "--device", paramLabel = "N", description = "The index of the GPU, from 0.")
    private int device;

    @Option(names = "--batches", split = ",", paramLabel = "N", description = "Rows of a batch.")
    private List<Integer> batches = List.of(1, 32, 256, 1024, 4096, 16384, 65536);

    @Option(names = "--rows", paramLabel = "N", description = "Rows of a round; at least one batch.")
    private int rows = 200_000;

    @Option(names = "--rounds", paramLabel = "R", description = "Measured rounds, of which the fastest counts.")
    private int rounds = 5;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        requirePositive("--rows", rows);
        requirePositive("--rounds", rounds);
        batches.forEach(batch -> requirePositive("--batches", batch));
        if (device < 0) {
            throw new BadUseException("`--device` must be at least 0 (got " + device + ")");
        }
        result.requireWritable();
        try (Engine measured = BadUseException.checked(() -> engine.openOnGpu(device));
                Engine base = EngineChoice.OPENBLAS.open()) {
            String problem = measured.fallback().orElse("");
            List<EngineSpeed> speeds = new EngineBenchmark(measured, base, rounds).run(batches, rows);
            Report report = new Report(
                    measured.name(),
                    measured.fallback().orElse(problem),
                    base.name(),
                    MachineDescription.here(),
                    speeds);
            print(report, out);
            result.write(report);
            return report.isProven() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new BadUseException("`" + option + "` must be at least 1 (got " + value + ")");
        }
    }

    private static void print(Report report, PrintWriter out) {
        out.printf("engine %s, compared with %s; network 152-64-10-64-152%n", report.engine(), report.base());
        out.println(" batch         rows/s   rows/s of base   ratio  largest difference");
        for (EngineSpeed speed : report.speeds()) {
            out.printf(
                    "%6d  %,13.0f  %,15.0f  %6.2f  %.2g%n",
                    speed.batchSize(),
                    speed.rowsPerSecond(),
                    speed.rowsPerSecondOfBase(),
                    speed.rowsPerSecond() / speed.rowsPerSecondOfBase(),
                    speed.largestDifference());
        }
        out.println(report.conclusion());
        out.flush();
    }

    /**
     * The content of the JSON file.
     *
     * @param engine name of the engine that computed
     * @param problem why the GPU was not used; empty if it was
     * @param base name of the engine that decides what is right
     * @param machine where it ran
     * @param speeds one for each size of a batch
     */
    record Report(String engine, String problem, String base, MachineDescription machine, List<EngineSpeed> speeds) {
        Report {
            speeds = List.copyOf(speeds);
        }

        boolean isEqual() {
            return speeds.stream().allMatch(speed -> speed.largestDifference() <= TOLERANCE);
        }

        boolean isProven() {
            return problem.isEmpty() && isEqual();
        }

        String conclusion() {
            if (!problem.isEmpty()) {
                return "NOT PROVEN: the GPU is not used. " + problem;
            }
            if (!isEqual()) {
                return "NOT PROVEN: the engine " + engine + " does not compute what " + base + " computes.";
            }
            return speeds.stream()
                    .filter(EngineSpeed::wins)
                    .findFirst()
                    .map(first -> "PROVEN: equal to 1e-5; faster from batches of " + first.batchSize() + " rows on.")
                    .orElse("PROVEN: equal to 1e-5; not faster at any size.");
        }
    }
}
