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
import dev.noether.cli.demo.DemoReportText;
import dev.noether.cli.demo.WorkloadChoice;
import dev.noether.cli.scenario.Scenario;
import dev.noether.cli.scenario.Story;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.cli.stream.RecordedWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether demo}: runs the demonstration and shows its report. */
@Command(
        name = "demo",
        header = "Run a demonstration on this computer: Kafka, Flink, training, scoring and retraining.",
        description = {
            "Sends a history, trains a model, sends live observations, and retrains the model while they are scored.",
            "The exit code is 0 if every observation has exactly one outcome and at least two models made scores."
        },
        footer = "Example: ./noether demo --for 90s --json out.json")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration FLEET_LENGTH = Duration.ofSeconds(90);
    private static final Duration RECORDED_LENGTH = Duration.ofSeconds(60);

    private static final int SERVERS = 60;
    private static final int HEARTS = 24;

    private static final String REPORT = "report.json";

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Duration of the live part, such as 90s, 5m or PT2M (default: 90s; with --data 60s).")
    @Nullable
    Duration length;

    @Option(names = "--json", paramLabel = "FILE", description = "File for the report (JSON).")
    @Nullable
    Path json;

    @Option(names = "--page", paramLabel = "FILE", description = "File for a page with every incident (HTML).")
    @Nullable
    Path page;

    @Option(names = "--stay", description = "Keep the console open after the end, until stopped.")
    boolean stays;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Folder that keeps Kafka's data, checkpoints and models; a later run continues with them.")
    @Nullable
    Path keep;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".noether",
            description = "Folder for log and report of a run without --keep (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of(".noether");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Recorded streams to use: one subfolder per entity, each with train.csv.gz and test.csv.gz.")
    @Nullable
    Path data;

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "NAME",
            description = "Entities of --data to use, with commas between (default: all).")
    List<String> entities = List.of();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "What is shown: ${COMPLETION-CANDIDATES} (default: fleet). --list says more.")
    @Nullable
    DemoScenario scenario;

    @Option(names = "--list", description = "List the scenarios, with a line for each, and end.")
    boolean isList;

    @Option(
            names = "--fleet",
            paramLabel = "N",
            description = "Number of simulated servers or hearts (default: 60 servers, 24 hearts).")
    @Nullable
    Integer fleet;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Live observations per second (default: 1200; with --data all rows within --for).")
    @Nullable
    Double rate;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the Kafka broker on 127.0.0.1 (default: a free port).")
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
            description = "Parallelism of the scoring job (default: ${DEFAULT-VALUE}).")
    int parallelism = 1;

    @Override
    public Integer call() throws Exception {
        if (isList) {
            Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
            for (DemoScenario one : DemoScenario.values()) {
                screen.line(String.format("%-14s %s", one, one.line()));
            }
            return ExitCode.DONE;
        }
        check();
        Optional<Scenario> story = scenario == null ? Optional.empty() : scenario.story(seed);
        return story.isPresent() ? tell(story.get()) : demonstrate();
    }

    private int tell(Scenario told) throws Exception {
        Path root = root();
        LogFile.in(root);
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        Story story = new Story(String.valueOf(scenario), screen);
        try {
            told.run(root.toAbsolutePath(), story);
        } finally {
            new StackDirectory(root).delete();
        }
        Path file = json == null ? root.resolve(REPORT) : json;
        story.write(file);
        screen.line("Report: " + file + ". Log: " + LogFile.current() + ".");
        story.failures().forEach(failure -> screen.line("FAILED: " + failure));
        if (story.failures().isEmpty()) {
            screen.line("PASSED.");
        }
        return story.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int demonstrate() throws Exception {
        // The data are read before the folder is created, so that an error leaves no folder.
        WorkloadChoice workload = workload();
        Path root = root();
        LogFile.in(root);
        Duration option = length;
        Duration duration = option != null ? option : data == null ? FLEET_LENGTH : RECORDED_LENGTH;
        DemoOptions options =
                new DemoOptions(new StackDirectory(root), keep != null, duration, rate, port, parallelism, seed, stays);
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        int[] code = {ExitCode.FAILED};
        new Demo(options, workload, screen).run(report -> code[0] = show(report, root.resolve(REPORT), screen));
        return code[0];
    }

    private int show(DemoReport report, Path ownFile, Screen screen) throws IOException {
        screen.line(DemoReportText.of(report));
        report.write(ownFile);
        Path file = json;
        if (file != null) {
            report.write(file);
        }
        if (page != null) {
            report.writePage(page);
        }
        screen.line("Report: " + (file == null ? ownFile : file)
                + (page == null ? "" : ". Page: " + page)
                + ". Log: " + LogFile.current() + ".");
        List<String> failures = report.failures();
        failures.forEach(failure -> screen.line("FAILED: " + failure + "; see the log " + LogFile.current()));
        if (failures.isEmpty()) {
            screen.line("PASSED: every observation has exactly one outcome, and "
                    + report.models().modelVersions().size() + " model versions made scores.");
        }
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private WorkloadChoice workload() {
        Path folder = data;
        if (folder != null) {
            return new WorkloadChoice.RecordedStreams(
                    RecordedWorkload.readLabelled(StreamFolder.open(folder, entities)));
        }
        double perSecond = rate == null ? WorkloadChoice.FLEET_RATE : rate;
        return scenario == DemoScenario.HEARTBEAT
                ? new WorkloadChoice.SimulatedHeartbeats(size(HEARTS), seed, perSecond)
                : new WorkloadChoice.SimulatedFleet(size(SERVERS), seed, perSecond);
    }

    private int size(int otherwise) {
        Integer size = fleet;
        return size == null ? otherwise : size;
    }

    private void check() {
        if (data == null && !entities.isEmpty()) {
            throw new BadUseException("--entities needs --data; the size of the simulated fleet is --fleet");
        }
        if (keep != null && scenario != null && scenario.story(seed).isPresent()) {
            throw new BadUseException("--keep cannot be used with --scenario " + scenario);
        }
        if (stays && scenario != null && scenario.story(seed).isPresent()) {
            throw new BadUseException("--stay cannot be used with --scenario " + scenario);
        }
        if (page != null && scenario != null && scenario.story(seed).isPresent()) {
            throw new BadUseException("--page cannot be used with --scenario " + scenario);
        }
        if (data != null && scenario != null) {
            throw new BadUseException("--scenario simulates observations; it cannot be used with --data");
        }
        checkRange("--fleet", size(SERVERS));
        checkRange("--parallelism", parallelism);
        if (rate != null && !(rate > 0 && rate < 1e9)) {
            throw new BadUseException("--rate must be in (0, 1e9) (got " + rate + ")");
        }
        if (port < 0 || port > 65_535) {
            throw new BadUseException("--port must be in [0, 65535] (got " + port + ")");
        }
        OutputPath.file("--json", json);
        OutputPath.file("--page", page);
    }

    private static void checkRange(String option, int value) {
        if (value < 1 || value > 10_000) {
            throw new BadUseException(option + " must be in [1, 10000] (got " + value + ")");
        }
    }

    private Path root() {
        Path folder = keep;
        if (folder != null) {
            return folder;
        }
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
        return directory.resolve("demo-" + time + "-" + ProcessHandle.current().pid());
    }
}
