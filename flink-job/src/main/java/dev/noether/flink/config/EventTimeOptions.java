package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The event times that are possible.
 *
 * @param maxAhead how far an event time may be ahead of the job's clock and of the record's Kafka timestamp
 * @param earliest first possible event time
 * @param latest last possible event time
 */
public record EventTimeOptions(Duration maxAhead, Instant earliest, Instant latest) implements Serializable {
    public EventTimeOptions {
        OptionRegistry.ENTITIES_MAX_AHEAD.check(maxAhead);
        OptionRegistry.ENTITIES_EARLIEST.check(earliest);
        OptionRegistry.ENTITIES_LATEST.check(latest);
    }

    static EventTimeOptions of(OptionValues values) {
        return new EventTimeOptions(
                values.get(OptionRegistry.ENTITIES_MAX_AHEAD),
                values.get(OptionRegistry.ENTITIES_EARLIEST),
                values.get(OptionRegistry.ENTITIES_LATEST));
    }
}
