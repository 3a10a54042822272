package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.models.ModelDescription;
import dev.noether.cli.models.ModelTable;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelRelease;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code noether models list}. */
@Command(
        name = "list",
        header = "List the models of a detector, also refused and withdrawn ones.",
        footer = "Example: ./noether models list --config detector.yaml --json")
final class ModelsListCommand implements Callable<Integer> {
    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Override
    public Integer call() {
        ModelsTopicContent content = models.content();
        @Nullable ModelRelease inForce = models.inForce(content);
        List<ModelDescription> descriptions = content.releases().stream()
                .map(release -> ModelDescription.of(release, content, release.equals(inForce), false))
                .toList();
        models.show(ModelTable.lines(content, inForce), descriptions);
        return ExitCode.DONE;
    }
}
