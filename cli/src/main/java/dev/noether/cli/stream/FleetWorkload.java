package dev.noether.cli.stream;

import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A workload of a simulated fleet, with labelled faults in its live part. Thread-safe. */
public final class FleetWorkload implements Workload {
    /** Length of the history: three days contain the daily rhythm and can be sent in seconds. */
    public static final int HISTORY_MINUTES = 3 * 24 * 60;
    /** Length of the shortest live part with room for faults. */
    public static final int SHORTEST_LIVE_MINUTES = 400;

    private static final int MINUTES_PER_FAULT = 60;

    private final FleetSimulator simulator;
    private final long seed;
    private final long liveStart;
    private final int liveMinutes;

    /**
     * Makes a workload.
     *
     * @param entities number of servers
     * @param liveStart first minute of the live part, at least {@link #HISTORY_MINUTES}
     * @param liveMinutes length of the live part, at least {@link #SHORTEST_LIVE_MINUTES}
     * @param seed seed of the simulation
     * @throws IllegalArgumentException if a number is out of range
     */
    public FleetWorkload(int entities, long liveStart, int liveMinutes, long seed) {
        this.seed = seed;
        this.liveStart = liveStart;
        this.liveMinutes = liveMinutes;
        // A server has no other fault within an hour of each fault, so a small fleet has room for fewer.
        int faults = Math.max(1, Math.min(entities * liveMinutes / 800, liveMinutes / MINUTES_PER_FAULT));
        this.simulator =
                new FleetSimulator(new FleetOptions(entities, Math.toIntExact(liveStart), liveMinutes, faults, seed));
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "a simulated fleet of %d servers, seed %d",
                entities().size(),
                seed);
    }

    @Override
    public List<String> features() {
        return FleetSimulator.featureNames();
    }

    @Override
    public List<String> entities() {
        return simulator.entityNames();
    }

    @Override
    public RowCursor history() {
        return new Cursor(liveStart - HISTORY_MINUTES, liveStart);
    }

    @Override
    public RowCursor live() {
        return new Cursor(liveStart, liveStart + liveMinutes);
    }

    @Override
    public int liveRows() {
        return Math.multiplyExact(entities().size(), liveMinutes);
    }

    @Override
    public Duration liveSpan() {
        return Duration.ofMinutes(liveMinutes);
    }

    @Override
    public List<FaultInterval> faults() {
        return simulator.faults().stream()
                .map(fault -> new FaultInterval(
                        entities().indexOf(fault.entity()),
                        fault.kind().name().toLowerCase(Locale.ROOT),
                        Workload.eventTime(fault.start()),
                        Workload.eventTime(fault.end())))
                .toList();
    }

    private final class Cursor implements RowCursor {
        private final long end;
        private final float[] row = new float[features().size()];
        private final int servers = entities().size();
        private long minute;
        private int server = -1;

        Cursor(long start, long end) {
            this.minute = start;
            this.end = end;
        }

        @Override
        public boolean next() {
            do {
                server++;
                if (server == servers) {
                    server = 0;
                    minute++;
                }
                if (minute >= end) {
                    return false;
                }
            } while (!simulator.row(server, minute, row));
            return true;
        }

        @Override
        public int entity() {
            return server;
        }

        @Override
        public long eventTime() {
            return Workload.eventTime(minute);
        }

        @Override
        public float[] values() {
            return row;
        }

        @Override
        public boolean isAnomalous() {
            return simulator.isFaulty(server, minute);
        }
    }
}
