package dev.noether.cli.fleet;

/**
 * The size of a simulated fleet; immutable.
 *
 * @param entities number of servers, at least 1
 * @param historyMinutes length of the part without incidents, from minute 0 on, at least 0
 * @param liveMinutes length of the part after it, in which the incidents lie, at least 0
 * @param incidents number of incidents; the kinds take turns
 * @param seed everything follows from it
 */
public record FleetOptions(int entities, int historyMinutes, int liveMinutes, int incidents, long seed) {
    private static final int MINUTES_PER_DAY = 24 * 60;

    public FleetOptions {
        if (entities < 1) {
            throw new IllegalArgumentException("`entities` must be at least 1 (got " + entities + ")");
        }
        if (historyMinutes < 0) {
            throw new IllegalArgumentException("`historyMinutes` must be at least 0 (got " + historyMinutes + ")");
        }
        if (liveMinutes < 0) {
            throw new IllegalArgumentException("`liveMinutes` must be at least 0 (got " + liveMinutes + ")");
        }
        if (incidents < 0) {
            throw new IllegalArgumentException("`incidents` must be at least 0 (got " + incidents + ")");
        }
        if (incidents > 0 && liveMinutes < IncidentSchedule.SHORTEST_LIVE_PART) {
            throw new IllegalArgumentException("`liveMinutes` must be at least " + IncidentSchedule.SHORTEST_LIVE_PART
                    + " to have room for incidents (got " + liveMinutes + ")");
        }
    }

    /** Sixty servers, a week of history, a live day with 24 incidents, seed 1. */
    public static FleetOptions defaults() {
        return new FleetOptions(60, 7 * MINUTES_PER_DAY, MINUTES_PER_DAY, 24, 1);
    }

    /** The same with another number of servers. */
    public FleetOptions withEntities(int newEntities) {
        return new FleetOptions(newEntities, historyMinutes, liveMinutes, incidents, seed);
    }

    /** The same with another length of the live part. */
    public FleetOptions withLiveMinutes(int newLiveMinutes) {
        return new FleetOptions(entities, historyMinutes, newLiveMinutes, incidents, seed);
    }

    /** The same with another number of incidents. */
    public FleetOptions withIncidents(int newIncidents) {
        return new FleetOptions(entities, historyMinutes, liveMinutes, newIncidents, seed);
    }

    /** The same with another seed. */
    public FleetOptions withSeed(long newSeed) {
        return new FleetOptions(entities, historyMinutes, liveMinutes, incidents, newSeed);
    }
}
