package dev.noether.benchmarks;

import picocli.CommandLine;

/** The benchmarks as a program of their own. */
public final class Main {
    private Main() {}

    /** Runs {@code bench} with these arguments. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
