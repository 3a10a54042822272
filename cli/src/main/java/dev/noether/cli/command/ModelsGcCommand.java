package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.StoreCollector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code noether models gc}. */
@Command(
        name = "gc",
        header = "Remove the model files that no job, checkpoint or rollback can need (model.keep).",
        description = "Each training does the same.",
        footer = "Example: ./noether models gc --config detector.yaml --dry-run")
final class ModelsGcCommand implements Callable<Integer> {
    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Option(names = "--dry-run", description = "Say which files would be removed, and remove nothing.")
    boolean isDryRun;

    @Override
    public Integer call() throws Exception {
        DetectorConfig config = models.config();
        StoreCollector store = new StoreCollector(
                config.model().store(), config.detector(), config.model().keep());
        List<String> files = isDryRun
                ? store.unneeded(models.content().releases(), System.currentTimeMillis())
                : store.remove(models.content().releases(), System.currentTimeMillis());
        String verb = isDryRun ? "Would remove " : "Removed ";
        List<String> lines = files.isEmpty()
                ? List.of("No file of " + config.model().store() + " is unneeded.")
                : files.stream().map(file -> verb + file + ".").toList();
        models.show(lines, Map.of("removed", files, "dryRun", isDryRun));
        return ExitCode.DONE;
    }
}
