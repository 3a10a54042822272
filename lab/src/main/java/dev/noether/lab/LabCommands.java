package dev.noether.lab;

import dev.noether.cli.console.CommandProvider;
import dev.noether.lab.command.BenchCommand;
import dev.noether.lab.command.ChaosCommand;
import dev.noether.lab.command.EvaluateCommand;
import dev.noether.lab.command.ReproduceCommand;
import java.util.List;

/** Adds {@code evaluate}, {@code reproduce}, {@code bench} and {@code chaos} to {@code ./noether}. */
public final class LabCommands implements CommandProvider {
    /** For the service loader. */
    public LabCommands() {}

    @Override
    public List<Object> commands() {
        return List.of(new EvaluateCommand(), new ReproduceCommand(), new BenchCommand(), new ChaosCommand());
    }
}
