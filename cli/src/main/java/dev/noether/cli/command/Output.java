package dev.noether.cli.command;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Access to the output of a command. */
public final class Output {
    private Output() {}

    /**
     * The standard output of a command.
     *
     * @param spec field of the command that picocli sets
     */
    public static PrintWriter of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the field");
        }
        return spec.commandLine().getOut();
    }
}
