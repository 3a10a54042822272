package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.Screen;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.time.Duration;
import java.util.List;

/** Imports the observations of the detectors of a folder in one process, each with a job of its own. */
final class ImportFolder {
    private static final Duration REPORT = Duration.ofMillis(500);

    private ImportFolder() {}

    /**
     * Imports until the thread is interrupted. A detector that cannot be imported is named, and the others are imported.
     *
     * @return exit code: a failure if no import could be started
     */
    static int run(DetectorFiles files, ImportPreparation preparation, Screen screen) {
        DetectorFiles distinct = files.withoutSharedOutputs();
        distinct.problems().forEach(problem -> screen.line("This detector is not imported: " + problem));
        List<DetectorConfig> usable = distinct.detectors().stream()
                .filter(one -> isUsable(one, screen))
                .toList();
        try (ImportJobs jobs = ImportJobs.start(usable, preparation, screen)) {
            return watch(jobs, usable.size(), screen);
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    private static boolean isUsable(DetectorConfig config, Screen screen) {
        try {
            ImportPreparation.requireImport(config);
            LocalFolders.check(config);
            return true;
        } catch (BadUseException e) {
            screen.line("Detector " + config.detector() + " is not imported: " + e.getMessage());
            return false;
        }
    }

    private static int watch(ImportJobs jobs, int count, Screen screen) throws InterruptedException {
        int started = jobs.awaitFirstTries();
        if (started == 0) {
            screen.line("No detector can be imported.");
            return ExitCode.FAILED;
        }
        screen.line(started + " of " + count + " detectors are imported. Ctrl-C stops.");
        while (true) {
            Thread.sleep(REPORT.toMillis());
            jobs.tellNews();
            screen.progressLines(() -> ProgressLines.of(jobs.progress()));
        }
    }
}
