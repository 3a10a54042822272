package dev.noether.lab.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.lab.bench.EngineCommand;
import dev.noether.lab.bench.EntitiesCommand;
import dev.noether.lab.bench.LatencyCommand;
import dev.noether.lab.bench.PipelineCommand;
import dev.noether.lab.bench.ScorerCommand;
import dev.noether.lab.bench.retraining.RetrainingCommand;
import dev.noether.lab.bench.training.TrainingCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code noether bench}: the benchmarks, each a command of its own. */
@Command(
        name = "bench",
        header = "Measure how fast Noether is on this machine.",
        subcommands = {
            PipelineCommand.class,
            EntitiesCommand.class,
            LatencyCommand.class,
            ScorerCommand.class,
            EngineCommand.class,
            TrainingCommand.class,
            RetrainingCommand.class
        },
        footer = "Example: ./noether bench pipeline --records 1000000 --json pipeline.json")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            spec.commandLine().usage(out);
            out.flush();
        }
        return ExitCode.BAD_USE;
    }
}
