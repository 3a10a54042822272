package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedImport;
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

/** {@code noether import}. */
@Command(
        name = "import",
        header = "Assemble the observations of one or many detectors from topics of metrics, until stopped.",
        description = {
            "Reads source.topics and source.topicPattern, whose records hold values of metrics. Writes one observation "
                    + "for each entity and interval to topics.observations, exactly once; `score` and `retrain` read "
                    + "it there.",
            "Continues from the detector's newest checkpoint in checkpoints.directory, if that is a local folder. "
                    + "Only one job can import for a detector: a second one is refused."
        },
        footer = "Example: ./noether import --config hosts.yaml --create-topics")
public final class ImportCommand implements Callable<Integer> {
    private static final Duration REPORT = Duration.ofMillis(500);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Option(
            names = "--create-topics",
            description = "Create the missing topics of the detector first, as `topics create` does.")
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
        ImportPreparation preparation = new ImportPreparation(createTopics, replication);
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        if (detectors.isFolder()) {
            LogFile.in(Path.of(".noether"));
            return ImportFolder.run(files, preparation, screen);
        }
        DetectorConfig config = files.detectors().get(0);
        ImportPreparation.requireImport(config);
        LocalFolders.check(config);
        LogFile.in(Path.of(".noether"));
        DetectorConfig prepared = preparation.prepare(config, screen::line);
        try (EmbeddedImport job = EmbeddedImport.start(prepared)) {
            screen.line(job.describe(config) + " Ctrl-C stops.");
            return report(job, screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    /** Shows the progress until the job ends, which is an exception; never returns. */
    private static int report(EmbeddedImport job, Screen screen) throws InterruptedException {
        ImportNews news = new ImportNews();
        while (true) {
            Thread.sleep(REPORT.toMillis());
            job.check();
            news.of(job).forEach(screen::line);
            screen.progress(() -> news.progress(job));
        }
    }
}
