package dev.noether.flink.config;

import java.time.Duration;
import java.util.List;

/** Options of the section {@code microBatch}: how many rows the network computes at once. */
public final class MicroBatchSection {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private static final OptionSection SECTION = new OptionSection("microBatch");

    public static final Option<Integer> SIZE = SECTION.option(
            "size",
            OptionType.integer(1, 65_536),
            256,
            "observations",
            "Number of observations that the network computes at once, in each subtask.",
            "256 is within a few percent of the best throughput.",
            config -> config.microBatch().size());

    public static final Option<Duration> LINGER = SECTION.option(
            "linger",
            OptionType.duration(MILLISECOND, Duration.ofMinutes(1)),
            Duration.ofMillis(20),
            "duration",
            "Longest time that an observation waits for its micro-batch to fill.",
            "It is the latency that scoring adds on a quiet stream.",
            config -> config.microBatch().linger());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private MicroBatchSection() {}
}
