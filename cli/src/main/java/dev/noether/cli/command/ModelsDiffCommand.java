package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.models.ModelTable;
import dev.noether.flink.release.ModelChange;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noether models diff}. */
@Command(
        name = "diff",
        header = "Show how two models differ: provenance, threshold, configuration.",
        footer = "Example: ./noether models diff 2 3 --config detector.yaml")
final class ModelsDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "VERSION", description = "Version of the first model.")
    long first;

    @Parameters(index = "1", paramLabel = "OTHER", description = "Version of the second model.")
    long second;

    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Override
    public Integer call() {
        ModelChange known = new ModelChange(models.content(), 0);
        List<String> differences = ModelTable.differences(Versions.find(known, first), Versions.find(known, second));
        models.show(differences.isEmpty() ? List.of("The models do not differ.") : differences, differences);
        return ExitCode.DONE;
    }
}
