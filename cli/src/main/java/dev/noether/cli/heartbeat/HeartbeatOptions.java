package dev.noether.cli.heartbeat;

/**
 * The size of a simulated fleet of heartbeats. Immutable.
 *
 * @param entities number of hearts, at least 1
 * @param liveStart first row of the part with faults, at least 0; the rows before it have none
 * @param liveRows length of the part with faults, rows of each heart, at least {@link #SHORTEST_LIVE_PART}
 * @param faults most faults; there are fewer if the live part has no room for them
 * @param seed seed of all values
 */
public record HeartbeatOptions(int entities, long liveStart, int liveRows, int faults, long seed) {
    /** The shortest live part with room for a fault, rows. */
    public static final int SHORTEST_LIVE_PART = 12 * HeartbeatSimulator.PERIOD_ROWS;

    public HeartbeatOptions {
        if (entities < 1) {
            throw new IllegalArgumentException("`entities` must be at least 1 (got " + entities + ")");
        }
        if (liveStart < 0) {
            throw new IllegalArgumentException("`liveStart` must be at least 0 (got " + liveStart + ")");
        }
        if (liveRows < SHORTEST_LIVE_PART) {
            throw new IllegalArgumentException(
                    "`liveRows` must be at least " + SHORTEST_LIVE_PART + " (got " + liveRows + ")");
        }
        if (faults < 0) {
            throw new IllegalArgumentException("`faults` must be at least 0 (got " + faults + ")");
        }
    }
}
