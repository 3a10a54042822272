package dev.noether.cli.command;

import dev.noether.cli.console.Screen;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
        return JobRun.run(detectors, JobWork.scoring(topics), new Screen(Output.of(spec), Screen.isTerminal()));
    }
}
