package dev.noether.model.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Local times of a zone. The offset is kept until the zone's next transition, so a look-up nearly always costs two
 * comparisons and allocates nothing. Not thread safe.
 */
final class LocalClock {
    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long offset;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
    }

    /**
     * The local time at an instant, as milliseconds since the local midnight of 1970.
     *
     * @param time milliseconds since 1970 UTC
     */
    long local(long time) {
        if (time < from || time >= to) {
            load(time);
        }
        return time + offset;
    }

    private void load(long time) {
        Instant instant = Instant.ofEpochMilli(time);
        offset = rules.getOffset(instant).getTotalSeconds() * 1000L;
        from = Long.MIN_VALUE;
        to = Long.MAX_VALUE;
        if (!rules.isFixedOffset()) {
            @Nullable ZoneOffsetTransition next = rules.nextTransition(instant);
            @Nullable ZoneOffsetTransition last = rules.previousTransition(instant.plusMillis(1));
            to = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
            from = last == null ? Long.MIN_VALUE : last.getInstant().toEpochMilli();
        }
    }
}
