package dev.noether.flink.clock;

import static dev.noether.incident.report.ReadableQuantity.duration;

import dev.noether.flink.config.EntityOptions;
import dev.noether.flink.config.EventTimeOptions;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event times that are possible: within absolute bounds, and not too far ahead of the clocks that are known. These
 * are the job's clock and the record's Kafka timestamp. An entity that sends both its event time and its Kafka
 * timestamp by one wrong clock is therefore still found.
 *
 * <p>A clock that is itself outside of the bounds judges nothing. Immutable; thread safe; allocates only for a message.
 *
 * @param earliest first possible time, milliseconds since 1970 UTC
 * @param latest last possible time, milliseconds since 1970 UTC
 * @param maxAhead largest lead over a clock, milliseconds, at least 0
 */
public record EventTimeLimits(long earliest, long latest, long maxAhead) implements Serializable {
    public EventTimeLimits {
        if (earliest >= latest) {
            throw new IllegalArgumentException(
                    "`earliest` must be before `latest` (got " + earliest + " and " + latest + ")");
        }
        if (maxAhead < 0) {
            throw new IllegalArgumentException("`maxAhead` must be at least 0 (got " + maxAhead + ")");
        }
    }

    /** Returns the limits of a detector. */
    public static EventTimeLimits of(EntityOptions entities) {
        EventTimeOptions times = entities.times();
        return new EventTimeLimits(
                times.earliest().toEpochMilli(),
                times.latest().toEpochMilli(),
                times.maxAhead().toMillis());
    }

    /**
     * Returns the last possible time by a clock.
     *
     * @param clock the present time, milliseconds since 1970 UTC; a time outside of the bounds limits nothing
     */
    public long latestAt(long clock) {
        // The bounds keep the sum far from an overflow: both are instants of years with four digits.
        return isWithinBounds(clock) ? Math.min(latest, clock + maxAhead) : latest;
    }

    /**
     * Returns whether an event time is possible.
     *
     * @param eventTime milliseconds since 1970 UTC
     * @param kafkaTime timestamp of the record in Kafka; negative if it has none
     * @param clock the job's clock
     */
    public boolean allow(long eventTime, long kafkaTime, long clock) {
        return eventTime >= earliest && eventTime <= latestAt(clock) && eventTime <= latestAt(kafkaTime);
    }

    /**
     * Returns in words why an event time is impossible; null if {@link #allow} is true.
     *
     * @param eventTime milliseconds since 1970 UTC
     * @param kafkaTime timestamp of the record in Kafka; negative if it has none
     * @param clock the job's clock
     */
    public @Nullable String problem(long eventTime, long kafkaTime, long clock) {
        if (allow(eventTime, kafkaTime, clock)) {
            return null;
        }
        String unit = eventTime < earliest || eventTime > latestAt(clock) ? unitProblem(eventTime, clock) : null;
        if (unit != null) {
            return unit;
        }
        String time = "the event time " + text(eventTime);
        if (eventTime < earliest) {
            return time + " is before " + Instant.ofEpochMilli(earliest) + " (`entities.earliest`)";
        }
        if (eventTime > latest) {
            return time + " is after " + Instant.ofEpochMilli(latest) + " (`entities.latest`)";
        }
        return eventTime > latestAt(clock)
                ? ahead(time, eventTime, "the job's clock", clock)
                : ahead(time, eventTime, "the record's Kafka timestamp", kafkaTime);
    }

    private String ahead(String time, long eventTime, String name, long clock) {
        return time + " is " + duration(eventTime - clock) + " ahead of " + name + " "
                + Instant.ofEpochMilli(clock) + "; at most " + duration(maxAhead)
                + " is allowed (`entities.maxAhead`)";
    }

    /** Says that an impossible time would be a possible one in another unit; null if it would not. */
    private @Nullable String unitProblem(long eventTime, long clock) {
        for (TimeUnitGuess unit : TimeUnitGuess.values()) {
            long millis = unit.toMillis(eventTime);
            if (millis >= earliest && millis <= latestAt(clock)) {
                return "the event time " + eventTime + " looks like " + unit.plural() + " since 1970 ("
                        + Instant.ofEpochMilli(millis) + "); Noether reads milliseconds: " + unit.correction();
            }
        }
        return null;
    }

    private boolean isWithinBounds(long time) {
        return time >= earliest && time <= latest;
    }

    private static String text(long time) {
        return time + " (" + Instant.ofEpochMilli(time) + ")";
    }
}
