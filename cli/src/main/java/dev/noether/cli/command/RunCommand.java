package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether run}. */
@Command(
        name = "run",
        header = "Score and train one or many detectors in this process, until stopped.",
        description = {
            "Does what `import`, `score` and `retrainer` do. A detector without a model is trained as soon as its "
                    + "history is long enough; the model then scores what follows.",
            "What fails is named and tried again; everything else goes on."
        },
        footer = "Example: ./noether run --config detector.yaml --create-topics")
public final class RunCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Mixin
    TopicCreation topics = new TopicCreation();

    @Option(
            names = "--first-after",
            paramLabel = "DURATION",
            description = "Time to the first training of a detector without a model, such as 2m (default: at once).")
    Duration firstAfter = Duration.ZERO;

    @Override
    public Integer call() throws InterruptedException {
        topics.check();
        DetectorFiles files = detectors.load().withoutSharedOutputs();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        files.problems().forEach(problem -> screen.line("This detector is left out: " + problem));
        try (RunningDetectors running = RunningDetectors.start(ready(files, screen), firstAfter, screen)) {
            return running.watch();
        }
    }

    /** The detectors to run: also those that lack a topic, of which each part says what it lacks, unless all do. */
    private List<DetectorConfig> ready(DetectorFiles files, Screen screen) {
        List<DetectorConfig> local = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (DetectorConfig config : files.detectors()) {
            try {
                LocalFolders.check(config);
                local.add(config);
                prepare(config, screen);
            } catch (BadUseException | TopicException e) {
                String problem = "detector " + config.detector() + ": " + e.getMessage();
                problems.add(problem);
                if (!local.contains(config)) {
                    screen.line("This detector is left out: " + problem);
                }
            }
        }
        if (problems.size() == files.detectors().size()) {
            throw new BadUseException(
                    problems.isEmpty() ? "no detector in " + detectors.path() : String.join("\nnoether: ", problems));
        }
        return local;
    }

    private void prepare(DetectorConfig config, Screen screen) {
        topics.createFor(config, screen::line);
        AccessCheck.require(config, AccessRole.SCORE);
        TopicCheck.forScoring(config);
        AccessCheck.require(config, AccessRole.RETRAINER);
        TopicCheck.forRetraining(config);
    }
}
