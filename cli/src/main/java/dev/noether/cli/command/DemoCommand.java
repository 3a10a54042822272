package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.OutputPath;
import dev.noether.cli.console.Screen;
import dev.noether.cli.data.StreamFolder;
import dev.noether.cli.demo.Demo;
import dev.noether.cli.demo.DemoOptions;
import dev.noether.cli.demo.DemoReport;
import dev.noether.cli.demo.WorkloadChoice;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.cli.stream.RecordedWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether demo}. */
@Command(
        name = "demo",
        header = "Show all of it on this computer: Kafka, Flink, training, scoring, retraining.",
        description = "Ends with 0 if every observation has exactly one outcome and at least two models scored.",
        footer = "Example: ./noether demo --for 90s --json out.json")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration FLEET_LENGTH = Duration.ofSeconds(90);
    private static final Duration RECORDED_LENGTH = Duration.ofSeconds(60);

    private static final String REPORT = "report.json";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description =
                    "How long live observations are sent, such as 90s, 5m or PT2M (default: 90s, with --data 60s).")
    @Nullable
    Duration length;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the report goes.")
    @Nullable
    Path json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep broker log, checkpoints and models here; a second start goes on with them.")
    @Nullable
    Path keep;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".noether",
            description = "Where a run without --keep puts its folder (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of(".noether");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Replay recorded streams: a folder per entity with train.csv.gz and test.csv.gz.")
    @Nullable
    Path data;

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "NAME",
            description = "Which entities of --data (default: all).")
    List<String> entities = List.of();

    @Option(
            names = "--fleet",
            paramLabel = "N",
            defaultValue = "60",
            description = "Servers of the simulated fleet (default: ${DEFAULT-VALUE}).")
    int fleet = 60;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Live observations in a second (default: 1200, with --data what fits --for).")
    @Nullable
    Double rate;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the broker on 127.0.0.1 (default: a free one).")
    int port;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the fleet and of the training (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Subtasks of the scoring job (default: ${DEFAULT-VALUE}).")
    int parallelism = 1;

    @Override
    public Integer call() throws Exception {
        check();
        // Before the run has a folder: what cannot be read leaves nothing behind.
        WorkloadChoice workload = workload();
        Path root = root();
        LogFile.in(root);
        Duration asked = length;
        Duration chosen = asked != null ? asked : data == null ? FLEET_LENGTH : RECORDED_LENGTH;
        DemoOptions options =
                new DemoOptions(new StackDirectory(root), keep != null, chosen, rate, port, parallelism, seed, json);
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        DemoReport report = new Demo(options, workload, screen).run();
        return show(report, root.resolve(REPORT), screen);
    }

    private int show(DemoReport report, Path own, Screen screen) throws IOException {
        report.show(screen);
        report.write(own);
        Path file = json;
        if (file != null) {
            report.write(file);
        }
        screen.line("The report is in " + (file == null ? own : file) + ", the log in " + LogFile.current() + ".");
        List<String> failures = report.failures();
        failures.forEach(failure -> screen.line("FAILED: " + failure + "; the log is " + LogFile.current()));
        if (failures.isEmpty()) {
            screen.line("All is well: nothing missing, nothing doubled, "
                    + report.modelVersions().size() + " model versions scored.");
        }
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private WorkloadChoice workload() {
        Path folder = data;
        if (folder != null) {
            return new WorkloadChoice.Recorded(RecordedWorkload.read(StreamFolder.open(folder, entities)));
        }
        return new WorkloadChoice.Fleet(fleet, seed, rate == null ? WorkloadChoice.FLEET_RATE : rate);
    }

    private void check() {
        if (data == null && !entities.isEmpty()) {
            throw new BadUseException("--entities names entities of --data, which is not given; for the size of the"
                    + " simulated fleet there is --fleet");
        }
        atLeastOne("--fleet", fleet);
        atLeastOne("--parallelism", parallelism);
        if (rate != null && !(rate > 0 && rate < 1e9)) {
            throw new BadUseException("--rate must be above 0 (got " + rate + ")");
        }
        if (port < 0 || port > 65_535) {
            throw new BadUseException("--port must be in [0, 65535] (got " + port + ")");
        }
        OutputPath.file("--json", json);
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1 || value > 10_000) {
            throw new BadUseException(option + " must be in [1, 10000] (got " + value + ")");
        }
    }

    private Path root() {
        Path kept = keep;
        if (kept != null) {
            return kept;
        }
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
        return directory.resolve("demo-" + time + "-" + ProcessHandle.current().pid());
    }
}
