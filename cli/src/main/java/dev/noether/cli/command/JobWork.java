package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.stack.JobThread;
import dev.noether.flink.config.DetectorConfig;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the jobs of a command do for detectors.
 *
 * @param kind kind of the jobs
 * @param preparation what is done before each start of a job
 * @param check checks a detector file alone; a {@link BadUseException} says why the detector cannot have such a job
 * @param news makes the news of a job
 */
record JobWork(
        JobThread.Kind<?> kind,
        JobThread.Preparation preparation,
        Consumer<DetectorConfig> check,
        Supplier<JobNews> news) {
    /** The scoring of detectors. */
    static JobWork scoring(TopicCreation topics) {
        return new JobWork(
                JobThread.Kind.SCORING, new ScoringPreparation(topics), LocalFolders::check, ScoringNews::new);
    }

    /** The import of detectors. */
    static JobWork imports(TopicCreation topics) {
        return new JobWork(
                JobThread.Kind.IMPORT,
                new ImportPreparation(topics),
                config -> {
                    ImportPreparation.requireImport(config);
                    LocalFolders.check(config);
                },
                ImportNews::new);
    }
}
