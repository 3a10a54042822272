package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether score}. */
@Command(
        name = "score",
        header = "Score the observations of one or many detectors, with Flink in this process, until stopped.",
        description = {
            "Continues from the detector's newest checkpoint in checkpoints.directory, if that is a local folder. "
                    + "Only one job can score a detector: a second one is refused.",
            "With a folder, each detector has a job of its own. One that fails is named and tried again; the others "
                    + "go on."
        },
        footer = "Example: ./noether score --config detector.yaml --bootstrap localhost:9092 --create-topics")
public final class ScoreCommand implements Callable<Integer> {
    private static final Duration REPORT = Duration.ofMillis(500);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Option(names = "--create-topics", description = "Create the missing topics first, as `topics create` does.")
    boolean createTopics;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "1",
            description = "Replicas of each partition of a created topic (default: ${DEFAULT-VALUE}).")
    short replication = 1;

    @Override
    public Integer call() throws Exception {
        if (replication < 1) {
            throw new BadUseException("--replication must be at least 1 (got " + replication + ")");
        }
        DetectorFiles files = detectors.load();
        ScoringPreparation preparation = new ScoringPreparation(createTopics, replication);
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (detectors.isFolder()) {
            LogFile.in(Path.of(".noether"));
            return ScoringFolder.run(files, preparation, screen);
        }
        DetectorConfig config = files.detectors().get(0);
        LocalFolders.check(config);
        LogFile.in(Path.of(".noether"));
        DetectorConfig prepared = preparation.prepare(config, screen::line);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(prepared)) {
            scoring.startMessages().forEach(screen::line);
            screen.line(scoring.describe(config) + " Ctrl-C stops.");
            return report(scoring, screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    /** Shows the progress until the job ends, which is an exception; never returns. */
    private static int report(EmbeddedScoring scoring, Screen screen) throws InterruptedException {
        ScoringNews news = new ScoringNews();
        while (true) {
            Thread.sleep(REPORT.toMillis());
            scoring.check();
            news.of(scoring).forEach(screen::line);
            screen.progress(() -> ScoringNews.progress(scoring));
        }
    }
}
