package dev.noether.cli.command;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's output goes. */
public final class Output {
    private Output() {}

    public static PrintWriter of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the field");
        }
        return spec.commandLine().getOut();
    }
}
