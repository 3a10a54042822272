package dev.noether.cli.stream;

import dev.noether.cli.heartbeat.HeartbeatOptions;
import dev.noether.cli.heartbeat.HeartbeatSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A workload of simulated heartbeats, one row a minute of event time, with labelled beats in its live part. Thread-safe.
 */
public final class HeartbeatWorkload implements Workload {
    /** Length of the history of each heart: about fifty beats. */
    public static final int HISTORY_ROWS = 50 * HeartbeatSimulator.PERIOD_ROWS;

    /** Length of the shortest live part with room for faults. */
    public static final int SHORTEST_LIVE_ROWS = HeartbeatOptions.SHORTEST_LIVE_PART;

    private final HeartbeatSimulator simulator;
    private final List<String> entities;
    private final long seed;
    private final long liveStart;
    private final int liveRows;

    /**
     * Makes a workload.
     *
     * @param entities number of hearts
     * @param liveStart first row of the live part, at least {@link #HISTORY_ROWS}
     * @param liveRows rows of each heart in the live part, at least {@link #SHORTEST_LIVE_ROWS}
     * @param seed seed of the simulation
     */
    public HeartbeatWorkload(int entities, long liveStart, int liveRows, long seed) {
        this.seed = seed;
        this.liveStart = liveStart;
        this.liveRows = liveRows;
        this.simulator = new HeartbeatSimulator(new HeartbeatOptions(entities, liveStart, liveRows, entities, seed));
        this.entities = simulator.entityNames();
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%d simulated hearts, seed %d", entities.size(), seed);
    }

    @Override
    public List<String> features() {
        return List.of(HeartbeatSimulator.featureName());
    }

    @Override
    public List<String> entities() {
        return entities;
    }

    @Override
    public RowCursor history() {
        return new Cursor(liveStart - HISTORY_ROWS, liveStart);
    }

    @Override
    public RowCursor live() {
        return new Cursor(liveStart, liveStart + liveRows);
    }

    @Override
    public int liveRows() {
        return Math.multiplyExact(entities.size(), liveRows);
    }

    @Override
    public Duration liveSpan() {
        return Duration.ofMinutes(liveRows);
    }

    @Override
    public List<FaultInterval> faults() {
        return simulator.faults().stream()
                .map(fault -> new FaultInterval(
                        fault.entity(),
                        fault.kind().name().toLowerCase(Locale.ROOT),
                        Workload.eventTime(fault.start()),
                        Workload.eventTime(fault.end())))
                .toList();
    }

    private final class Cursor implements RowCursor {
        private final long end;
        private final float[] values = new float[1];
        private long row;
        private int entity = -1;

        Cursor(long start, long end) {
            this.row = start;
            this.end = end;
        }

        @Override
        public boolean next() {
            entity++;
            if (entity == entities.size()) {
                entity = 0;
                row++;
            }
            if (row >= end) {
                return false;
            }
            values[0] = simulator.value(entity, row);
            return true;
        }

        @Override
        public int entity() {
            return entity;
        }

        @Override
        public long eventTime() {
            return Workload.eventTime(row);
        }

        @Override
        public float[] values() {
            return values;
        }

        @Override
        public boolean isAnomalous() {
            return simulator.isFaulty(entity, row);
        }
    }
}
