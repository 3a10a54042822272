package dev.noether.lab.bench.training;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.lab.bench.JsonResultOption;
import dev.noether.lab.bench.MachineDescription;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench training}: the speed of training, and the cost of each method. */
@Command(
        name = "training",
        header = "Measure training, and each method against the plain one.",
        description =
                "The methods alternate on one core, after one warm-up round. The cost of a method is its time divided"
                        + " by that of the plain method in the same round.",
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench training --json training.json")
public final class TrainingCommand implements Callable<Integer> {
    @Option(names = "--batch", paramLabel = "N", split = ",", description = "Windows of a step.")
    private List<Integer> batches = List.of(16, 256);

    @Option(names = "--rounds", paramLabel = "R", description = "Measured rounds, after one of warm-up.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Time of each method in a round.")
    private double seconds = 1;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        TrainingBenchmarkOptions options =
                BadUseException.checked(() -> new TrainingBenchmarkOptions(batches, rounds, seconds));
        result.requireWritable();
        List<TrainingSpeed> speeds = new TrainingBenchmark(options, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        Report report = new Report(options, MachineDescription.here(), speeds, TrainingBenchmark.costs());
        print(report, out);
        result.write(report);
        return ExitCode.DONE;
    }

    private static void print(Report report, PrintWriter out) {
        MachineDescription machine = report.machine();
        out.printf(
                "%n%d cores, one used, Java %s, engine %s, OPENBLAS_CORETYPE %s%n",
                machine.cores(), machine.java(), machine.engine(), machine.openblasCoreType());
        out.println("network                     batch  method                              steps/s  cost");
        for (TrainingSpeed speed : report.speeds()) {
            out.printf(
                    "%-26s  %5d  %-32s  %,9.0f  %4.2f%n",
                    speed.network(), speed.batch(), speed.method(), speed.stepsPerSecond(), speed.cost());
        }
        out.println();
        out.println("generators              d   h  rank      numbers        bytes  multiplications a point");
        for (GeneratorCost cost : report.generators()) {
            out.printf(
                    "%-22s %3d  %2d  %4d  %,11d  %,11d  %,23d%n",
                    cost.structure(),
                    cost.values(),
                    cost.generators(),
                    cost.rank(),
                    cost.parameters(),
                    cost.bytes(),
                    cost.multiplicationsPerPoint());
        }
        out.flush();
    }

    /** The content of the JSON file. */
    record Report(
            TrainingBenchmarkOptions options,
            MachineDescription machine,
            List<TrainingSpeed> speeds,
            List<GeneratorCost> generators) {}
}
