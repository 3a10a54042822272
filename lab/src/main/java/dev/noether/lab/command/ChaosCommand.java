package dev.noether.lab.command;

import dev.noether.cli.command.Output;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.DurationConverter;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.lab.bench.JsonResultOption;
import dev.noether.lab.chaos.ChaosOptions;
import dev.noether.lab.chaos.ChaosReport;
import dev.noether.lab.chaos.ChaosReportText;
import dev.noether.lab.chaos.ChaosRun;
import dev.noether.lab.chaos.fault.FaultKind;
import dev.noether.lab.chaos.load.LoadOptions;
import dev.noether.lab.chaos.service.RunFolder;
import dev.noether.lab.chaos.service.ServiceSettings;
import dev.noether.lab.chaos.soak.Soak;
import dev.noether.lab.chaos.soak.SoakReport;
import dev.noether.lab.chaos.soak.SoakReportText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether chaos}. */
@Command(
        name = "chaos",
        header = "Kill, stop and starve the services of docker-compose.yml, and check that nothing is lost or doubled.",
        description = {
            "Starts broker, job manager, task manager and retrainer as plain processes of this machine, sends"
                    + " observations at a",
            "steady rate, and does one fault after another. With --for it watches the resources of the services"
                    + " instead."
        },
        showDefaultValues = true,
        sortOptions = false,
        footer = "Example: ./noether chaos --kills 10 --seed 1 --json chaos.json")
public final class ChaosCommand implements Callable<Integer> {
    @Option(names = "--kills", paramLabel = "N", description = "Number of faults (default: 10; with --for: 0).")
    private @Nullable Integer kills;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the faults and of the observations.")
    private long seed = 1;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Kinds of faults to draw from (default: all that this machine can do); see docs/chaos.md.")
    private List<String> only = List.of();

    @Option(names = "--rate", paramLabel = "N", description = "Observations per second.")
    private int rate = 200;

    @Option(names = "--hosts", paramLabel = "N", description = "Servers that report.")
    private int hosts = 20;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Run for so long, sample the resources of each service every 30 s, and tell whether they are"
                    + " flat.")
    private @Nullable Duration soak;

    @Option(names = "--no-replay", description = "Do not compare the scores with an undisturbed run.")
    private boolean noReplay;

    @Mixin
    private JsonResultOption result = new JsonResultOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        result.requireWritable();
        Duration length = soak;
        List<FaultKind> kinds = BadUseException.checked(() -> FaultKind.chosen(only));
        LoadOptions load = BadUseException.checked(() -> LoadOptions.ofRate(hosts, rate, seed));
        Integer wanted = kills;
        int faults = wanted != null ? wanted : length == null ? 10 : 0;
        ChaosOptions options = BadUseException.checked(
                () -> new ChaosOptions(faults, kinds, seed, load, ServiceSettings.defaults(), !noReplay));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        RunFolder folder = RunFolder.create(Path.of(".noether"), "chaos-" + seed + "-");
        LogFile.in(folder.path());
        screen.line("Everything that the services write is in " + folder.path() + ".");
        boolean sound = false;
        try {
            sound = length == null
                    ? chaos(options, folder.path(), screen)
                    : soak(options, length, folder.path(), screen);
            return sound ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            if (sound) {
                folder.delete();
            } else {
                screen.line("The folder is kept: " + folder.path() + ". The output of each process is in "
                        + folder.path().resolve("disturbed/logs") + ".");
            }
        }
    }

    private boolean chaos(ChaosOptions options, Path folder, Screen screen) throws Exception {
        ChaosReport report = new ChaosRun(options, folder, screen).run();
        result.write(report);
        ChaosReportText.lines(report).forEach(screen::line);
        return report.isSound();
    }

    private boolean soak(ChaosOptions options, Duration length, Path folder, Screen screen) throws Exception {
        SoakReport report = new Soak(options, length, folder, screen).run();
        result.write(report);
        SoakReportText.lines(report).forEach(screen::line);
        return report.isFlat();
    }
}
