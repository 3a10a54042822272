package dev.noether.benchmarks;

import dev.noether.cli.console.CommandProvider;

/** Brings {@code ./noether bench}. */
public final class BenchmarkCommands implements CommandProvider {
    /** For the service loader. */
    public BenchmarkCommands() {}

    @Override
    public Object command() {
        return new BenchCommand();
    }
}
