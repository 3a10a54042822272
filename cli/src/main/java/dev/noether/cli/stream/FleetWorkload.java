package dev.noether.cli.stream;

import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The simulated fleet, with labelled incidents in its live part. */
public final class FleetWorkload implements Workload {
    /** Three days: enough for the daily rhythm, little enough to be written in seconds. */
    public static final int HISTORY_MINUTES = 3 * 24 * 60;
    /** The shortest live part with room for incidents. */
    public static final int SHORTEST_LIVE_MINUTES = 400;

    private static final int MINUTES_PER_INCIDENT = 60;

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
     * @param seed of the simulation
     * @throws IllegalArgumentException if a number is out of range
     */
    public FleetWorkload(int entities, long liveStart, int liveMinutes, long seed) {
        this.seed = seed;
        this.liveStart = liveStart;
        this.liveMinutes = liveMinutes;
        // A server rests an hour around each incident: a small fleet has time for fewer.
        int incidents = Math.max(1, Math.min(entities * liveMinutes / 800, liveMinutes / MINUTES_PER_INCIDENT));
        this.simulator = new FleetSimulator(
                new FleetOptions(entities, Math.toIntExact(liveStart), liveMinutes, incidents, seed));
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
    public List<KnownIncident> incidents() {
        return simulator.incidents().stream()
                .map(incident -> new KnownIncident(
                        entities().indexOf(incident.entity()),
                        incident.kind().name().toLowerCase(Locale.ROOT),
                        Workload.eventTime(incident.start()),
                        Workload.eventTime(incident.end())))
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
        public boolean anomalous() {
            return simulator.label(server, minute);
        }
    }
}
