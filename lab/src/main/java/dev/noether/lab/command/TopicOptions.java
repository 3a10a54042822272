package dev.noether.lab.command;

import dev.noether.cli.console.BadUseException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code evaluate} for a topic in place of files. */
final class TopicOptions {
    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Judge this topic, without labels (default: topics.observations of --config).")
    @Nullable
    String topic;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Address of a Kafka broker (default: kafka.bootstrapServers of --config).")
    @Nullable
    String bootstrap;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "First event time of a topic to use (default: retraining.history and the test before --to).")
    @Nullable
    Instant from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "First event time of a topic not to use (default: just after the newest observation).")
    @Nullable
    Instant to;

    /** Checks that no option is given beside files. */
    void refuseBesideFiles() {
        if (topic != null || bootstrap != null || from != null || to != null) {
            throw new BadUseException("--topic, --bootstrap, --from and --to are for a topic, and DATA names files:"
                    + " leave one of both out");
        }
    }

    /** Checks the range. */
    void check() {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new BadUseException("--from must be before --to (got " + from + " and " + to + ")");
        }
    }
}
