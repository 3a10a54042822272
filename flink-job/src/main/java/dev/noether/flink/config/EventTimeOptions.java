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
        EntitySection.MAX_AHEAD.check(maxAhead);
        EntitySection.EARLIEST.check(earliest);
        EntitySection.LATEST.check(latest);
    }

    static EventTimeOptions of(OptionValues values) {
        return new EventTimeOptions(
                values.get(EntitySection.MAX_AHEAD),
                values.get(EntitySection.EARLIEST),
                values.get(EntitySection.LATEST));
    }
}
