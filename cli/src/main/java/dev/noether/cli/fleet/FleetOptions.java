package dev.noether.cli.fleet;

/**
 * The size of a simulated fleet. Immutable.
 *
 * @param entities number of servers, at least 1
 * @param historyMinutes length of the part without faults, which begins at minute 0, at least 0
 * @param liveMinutes length of the following part with faults, at least 0
 * @param faults number of faults, at least 0
 * @param seed seed of all values
 * @param change change of what is normal
 */
public record FleetOptions(
        int entities, int historyMinutes, int liveMinutes, int faults, long seed, NormalChange change) {
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
        if (faults < 0) {
            throw new IllegalArgumentException("`faults` must be at least 0 (got " + faults + ")");
        }
        if (faults > 0 && liveMinutes < FaultSchedule.SHORTEST_LIVE_PART) {
            throw new IllegalArgumentException("`liveMinutes` must be at least " + FaultSchedule.SHORTEST_LIVE_PART
                    + " to have room for faults (got " + liveMinutes + ")");
        }
    }

    /** A fleet whose normal behaviour does not change. */
    public FleetOptions(int entities, int historyMinutes, int liveMinutes, int faults, long seed) {
        this(entities, historyMinutes, liveMinutes, faults, seed, NormalChange.NONE);
    }

    /** 60 servers, a week of history, a live day with 24 faults, seed 1. */
    public static FleetOptions defaults() {
        return new FleetOptions(60, 7 * MINUTES_PER_DAY, MINUTES_PER_DAY, 24, 1);
    }

    /** The same options with another number of servers. */
    public FleetOptions withEntities(int newEntities) {
        return new FleetOptions(newEntities, historyMinutes, liveMinutes, faults, seed, change);
    }

    /** The same options with another length of the live part. */
    public FleetOptions withLiveMinutes(int newLiveMinutes) {
        return new FleetOptions(entities, historyMinutes, newLiveMinutes, faults, seed, change);
    }

    /** The same options with another number of faults. */
    public FleetOptions withFaults(int newFaults) {
        return new FleetOptions(entities, historyMinutes, liveMinutes, newFaults, seed, change);
    }

    /** The same options with another seed. */
    public FleetOptions withSeed(long newSeed) {
        return new FleetOptions(entities, historyMinutes, liveMinutes, faults, newSeed, change);
    }

    /** The same options with a change of what is normal. */
    public FleetOptions withChange(NormalChange newChange) {
        return new FleetOptions(entities, historyMinutes, liveMinutes, faults, seed, newChange);
    }
}
