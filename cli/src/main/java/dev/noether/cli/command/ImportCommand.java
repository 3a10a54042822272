package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Mixin
    TopicCreation topics = new TopicCreation();

    @Override
    public Integer call() throws Exception {
        topics.check();
        return JobRun.run(detectors, JobWork.imports(topics), new Screen(Output.of(spec), Screen.isTerminal()));
    }
}
