package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the entities' observations come.
 *
 * @param disorder how much older than the newest of its partition an observation may be without being late
 * @param latePolicy what happens to a late one
 * @param idleness a partition that has been silent this long no longer holds event time back
 * @param maxAhead how far an event time may lie ahead of the record's Kafka timestamp
 */
public record EntityOptions(Duration disorder, LatePolicy latePolicy, Duration idleness, Duration maxAhead)
        implements Serializable {
    public EntityOptions {
        Options.ENTITIES_DISORDER.check(disorder);
        Options.ENTITIES_LATE_POLICY.check(latePolicy);
        Options.ENTITIES_IDLENESS.check(idleness);
        Options.ENTITIES_MAX_AHEAD.check(maxAhead);
    }
}
