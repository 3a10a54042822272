package dev.noether.lab.bench;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.shape.ShapeModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether bench scorer}: the cost of windows, scores and verdicts without a job. */
@Command(
        name = "scorer",
        header = "Measure the scorer alone, on one core: time and memory for each record.",
        description =
                "Measures three detectors with 38 features and 64-10-64 networks: windows of 1 and 4 rows as in `bench"
                        + " pipeline`, and the default settings. With --shape, two detectors with one feature that"
                        + " repeats: without and with the shape view.",
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether bench scorer --json scorer.json")
public final class ScorerCommand implements Callable<Integer> {
    private static final int FEATURES = 38;
    private static final int HIDDEN = 64;
    private static final int CODE = 10;
    private static final int FEWEST_ROWS = 16;

    @Option(names = "--records", paramLabel = "N", description = "Records of each round.")
    private int records = 500_000;

    @Option(names = "--rounds", paramLabel = "R", description = "Measured rounds, after two of warm-up.")
    private int rounds = 5;

    @Option(names = "--batch", paramLabel = "N", description = "Rows scored at once.")
    private int batch = 256;

    @Option(names = "--entities", paramLabel = "E", description = "Entities that report in turn.")
    private int entities = 1000;

    @Option(
            names = "--shape",
            paramLabel = "ROWS",
            description = "Measure the shape view of a signal with this period instead; 0: do not.")
    private int shape;

    @Option(
            names = "--shape-memory",
            paramLabel = "N",
            description = "With --shape, measure also a memory of N windows of the past of each entity; 0: do not.")
    private int memory;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        ScorerOptions options = BadUseException.checked(() -> new ScorerOptions(records, rounds, batch, entities));
        result.requireWritable();
        if (shape != 0 && shape < FEWEST_ROWS) {
            throw new BadUseException("`--shape` must be 0 or at least " + FEWEST_ROWS + " (got " + shape + ")");
        }
        if (memory < 0 || memory > ShapeModel.MOST_MEMORY) {
            throw new BadUseException(
                    "`--shape-memory` must be in [0, " + ShapeModel.MOST_MEMORY + "] (got " + memory + ")");
        }
        Report report = new Report(
                options, MachineDescription.here(), shape == 0 ? speeds(options) : shapeSpeeds(options, shape, memory));
        print(report, out);
        result.write(report);
        return ExitCode.DONE;
    }

    private static List<ScorerSpeed> shapeSpeeds(ScorerOptions options, int period, int memory) {
        List<String> names = names(options);
        DetectorConfig config = DetectorConfig.withDefaults("bench", new FeatureSchema(List.of("value")));
        ModelArtifact model = SyntheticShapeModel.of(config, period);
        ScorerBenchmark benchmark = new ScorerBenchmark(options);
        List<ScorerSpeed> speeds = new ArrayList<>();
        speeds.add(benchmark.run("one feature", model.withShape(null), names));
        speeds.add(benchmark.run("one feature, shape view of %d rows".formatted(period), model, names));
        if (memory > 0) {
            ModelArtifact remembering =
                    model.withShape(requireNonNull(model.shape()).withMemory(memory));
            speeds.add(benchmark.run("the same, memory of %d windows".formatted(memory), remembering, names));
        }
        return speeds;
    }

    private static List<String> names(ScorerOptions options) {
        return IntStream.range(0, options.entities())
                .mapToObj(index -> "entity-" + index)
                .toList();
    }

    private static List<ScorerSpeed> speeds(ScorerOptions options) {
        FeatureSchema features = new FeatureSchema(IntStream.range(0, FEATURES)
                .mapToObj(index -> "feature-" + index)
                .toList());
        List<String> names = names(options);
        DetectorConfig defaults = DetectorConfig.withDefaults("bench", features);
        int window = defaults.window().rows();
        int before = defaults.model().forecastRows();
        ModelArtifact unset = SyntheticModel.knowing(SyntheticModel.of(features, window, before, HIDDEN, CODE), names);
        ScorerBenchmark benchmark = new ScorerBenchmark(options);
        return List.of(
                benchmark.run("window 1", SyntheticModel.of(features, 1, HIDDEN, CODE), names),
                benchmark.run("window 4", SyntheticModel.of(features, 4, HIDDEN, CODE), names),
                benchmark.run("window %d, forecast from %d, known entities".formatted(window, before), unset, names));
    }

    private static void print(Report report, PrintWriter out) {
        MachineDescription machine = report.machine();
        out.printf(
                "%d cores, one used, Java %s, engine %s, OPENBLAS_CORETYPE %s; micro-batch %d, %,d entities%n",
                machine.cores(),
                machine.java(),
                machine.engine(),
                machine.openblasCoreType(),
                report.options().batchSize(),
                report.options().entities());
        out.println("scorer                                      ns/record  bytes/record");
        for (ScorerSpeed speed : report.speeds()) {
            out.printf("%-42s  %,9.0f  %,12.1f%n", speed.scorer(), speed.nanoseconds(), speed.bytes());
        }
        out.flush();
    }

    /** The content of the JSON file. */
    record Report(ScorerOptions options, MachineDescription machine, List<ScorerSpeed> speeds) {
        Report {
            speeds = List.copyOf(speeds);
        }
    }
}
