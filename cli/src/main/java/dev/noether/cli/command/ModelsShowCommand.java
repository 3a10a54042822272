package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.models.ModelDescription;
import dev.noether.cli.models.ShadowDescription;
import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code noether models show}. */
@Command(
        name = "show",
        header = "Show a model: its decisions with all figures, its provenance and its configuration.",
        footer = "Example: ./noether models show 3 --config detector.yaml")
final class ModelsShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "Version of the model.")
    long version;

    @Mixin
    ModelsChoice models = new ModelsChoice();

    @Override
    public Integer call() {
        ModelsTopicContent content = models.content();
        ModelRelease release = Versions.find(new ModelChange(content, 0), version);
        boolean isInForce = release.equals(models.inForce(content));
        String card = ModelCard.of(release, ModelCard.on(release, content.decisions()));
        List<String> lines = new ArrayList<>(card.lines().toList());
        lines.addAll(ShadowDescription.lines(release.identity(), content.shadows()));
        models.show(lines, ModelDescription.of(release, content, isInForce, true));
        return ExitCode.DONE;
    }
}
