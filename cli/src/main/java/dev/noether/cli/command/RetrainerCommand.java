package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.kafka.AccessException;
import dev.noether.flink.kafka.TopicException;
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

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Option(
            names = "--first-after",
            paramLabel = "DURATION",
            description = "Time to the first training of a detector without a model, such as 2m (default: at once).")
    Duration firstAfter = Duration.ZERO;

    @Override
    public Integer call() {
        DetectorFiles files = detectors.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        files.problems().forEach(problem -> screen.line("This detector is not trained: " + problem));
        return RetrainerRun.run(usable(files, screen), firstAfter, null, screen);
    }

    private List<DetectorConfig> usable(DetectorFiles files, Screen screen) {
        List<DetectorConfig> usable =
                files.detectors().stream().filter(one -> isUsable(one, screen)).toList();
        if (usable.isEmpty()) {
            throw new BadUseException("no detector of " + detectors.path() + " can be trained by this process");
        }
        return usable;
    }

    private static boolean isUsable(DetectorConfig detector, Screen screen) {
        try {
            LocalFolders.check(detector);
            AccessCheck.require(detector, AccessRole.RETRAINER);
            return true;
        } catch (BadUseException | AccessException e) {
            screen.line("Detector " + detector.detector() + " is not trained: " + e.getMessage());
            return false;
        } catch (TopicException notNow) {
            // The retrainer tries again and says so.
            return true;
        }
    }
}
