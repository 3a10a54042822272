package dev.noether.benchmarks;

import picocli.CommandLine.Command;

/** {@code bench}: the benchmarks. */
@Command(
        name = "bench",
        description = "Measures how fast Noether is on this machine.",
        subcommands = PipelineCommand.class,
        mixinStandardHelpOptions = true)
final class BenchCommand {}
