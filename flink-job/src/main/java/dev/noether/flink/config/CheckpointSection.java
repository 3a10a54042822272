package dev.noether.flink.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Options of the section {@code checkpoints}: when the state is stored, and where. */
public final class CheckpointSection {
    private static final OptionSection SECTION = new OptionSection("checkpoints");

    public static final Option<Duration> INTERVAL = SECTION.option(
            "interval",
            OptionType.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
            Duration.ofSeconds(5),
            "duration",
            "Time from one checkpoint to the next. With `exactlyOnce`, scores become visible at each " + "checkpoint.",
            "The delay of an alert that you accept. Below a second the checkpoints themselves cost " + "throughput.",
            config -> config.checkpoints().interval());

    public static final Option<URI> DIRECTORY = SECTION.directory(
            "directory",
            "checkpoints",
            "Directory of the checkpoints. A relative path is relative to the detector file.",
            "One that the job manager and every task manager can read and write, and that survives each of "
                    + "them. `./noether score` itself needs a path on this machine.",
            config -> config.checkpoints().directory());

    public static final Option<Duration> TRANSACTION_TIMEOUT = SECTION.option(
            "transactionTimeout",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofDays(24)),
            Duration.ofHours(1),
            "duration",
            "Time after which Kafka gives up a transaction that the job has not committed.",
            "The longest outage that the job should survive without a recovery. The broker's own limit is "
                    + "`transaction.max.timeout.ms`; if it is lower, the job uses it and logs a warning.",
            config -> config.checkpoints().transactionTimeout());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private CheckpointSection() {}
}
