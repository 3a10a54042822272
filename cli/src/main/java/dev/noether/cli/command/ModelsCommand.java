package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code noether models}: the models of a detector, and which of them scores. */
@Command(
        name = "models",
        header = "Show the models of a detector, compare them, and change which of them scores.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsDiffCommand.class,
            ModelsRollbackCommand.class,
            ModelsPromoteCommand.class,
            ModelsGcCommand.class
        },
        footer = "Example: ./noether models list --config detector.yaml")
public final class ModelsCommand implements Callable<Integer> {
    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        throw new BadUseException("models needs a subcommand: list, show, diff, rollback, promote or gc; for example"
                + " ./noether models list --config detector.yaml");
    }
}
