package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether retrainer}. */
@Command(
        name = "retrainer",
        header = "Train the models of one or many detectors when they are due, until stopped.",
        description = {
            "Several retrainers may run: for each detector one leads, and another one takes over when it ends.",
            "One training runs at a time. What was missed while no retrainer ran is caught up once."
        },
        footer = "Example: ./noether retrainer --config detectors/")
public final class RetrainerCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "PATH",
            description = "Configuration file of a detector (YAML), or a folder with a file for each detector.")
    @Nullable
    Path config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker (default: kafka.bootstrapServers of each file).")
    @Nullable
    String bootstrap;

    @Option(
            names = "--first-after",
            paramLabel = "DURATION",
            description = "Time to the first training of a detector without a model, such as 2m (default: at once).")
    Duration firstAfter = Duration.ZERO;

    @Override
    public Integer call() {
        Path path = config;
        if (path == null || spec == null) {
            throw new IllegalStateException("picocli requires the option");
        }
        DetectorFiles files = DetectorFiles.load(path, this::warn);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        files.problems().forEach(problem -> screen.line("This detector is not trained: " + problem));
        return RetrainerRun.run(detectors(files, screen), firstAfter, null, screen);
    }

    private List<DetectorConfig> detectors(DetectorFiles files, Screen screen) {
        String servers = bootstrap;
        List<DetectorConfig> usable = files.detectors().stream()
                .map(one -> servers == null ? one : DetectorChoice.at(one, servers))
                .filter(one -> isUsable(one, screen))
                .toList();
        if (usable.isEmpty()) {
            throw new BadUseException("no detector of " + config + " can be trained by this process");
        }
        return usable;
    }

    private static boolean isUsable(DetectorConfig detector, Screen screen) {
        try {
            LocalFolders.check(detector);
            return true;
        } catch (BadUseException e) {
            screen.line("Detector " + detector.detector() + " is not trained: " + e.getMessage());
            return false;
        }
    }

    private void warn(String warning) {
        CommandSpec command = spec;
        if (command != null) {
            command.commandLine().getErr().println("noether: warning: " + warning);
            command.commandLine().getErr().flush();
        }
    }
}
