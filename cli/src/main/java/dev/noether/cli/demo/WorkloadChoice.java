package dev.noether.cli.demo;

import dev.noether.cli.stream.FleetWorkload;
import dev.noether.cli.stream.HeartbeatWorkload;
import dev.noether.cli.stream.RecordedWorkload;
import dev.noether.cli.stream.Workload;
import java.time.Duration;
import java.util.OptionalLong;

/** The source of the observations of a demonstration: a simulated fleet, simulated heartbeats or recorded streams. */
public sealed interface WorkloadChoice {
    /** The default rate of a simulation, observations per second. */
    double FLEET_RATE = 1200;

    /**
     * Makes the workload; its live part starts after the observations of earlier runs.
     *
     * @param newest newest event time in Kafka; empty if there are no observations
     * @param length duration of the live part
     */
    Workload after(OptionalLong newest, Duration length);

    /** The default rate of the workload, observations per second. */
    double rate(Workload workload, Duration length);

    /**
     * A simulated fleet.
     *
     * @param entities number of servers
     * @param seed seed of the simulation
     * @param rate observations per second
     */
    record SimulatedFleet(int entities, long seed, double rate) implements WorkloadChoice {
        private static final int MOST_MINUTES = 1_000_000;

        @Override
        public Workload after(OptionalLong newest, Duration length) {
            long start = FleetWorkload.HISTORY_MINUTES;
            if (newest.isPresent()) {
                start = Math.max(start, Workload.minuteAfter(newest.getAsLong()));
            }
            long minutes = (long) (rate * length.toMillis() / 1000 / entities);
            return new FleetWorkload(
                    entities,
                    start,
                    (int) Math.min(MOST_MINUTES, Math.max(FleetWorkload.SHORTEST_LIVE_MINUTES, minutes)),
                    seed);
        }

        /** The rate of the fleet, or a higher one if the shortest live part with faults would exceed the length. */
        @Override
        public double rate(Workload workload, Duration length) {
            return Math.max(rate, workload.liveRows() * 1000.0 / length.toMillis());
        }
    }

    /**
     * Simulated heartbeats.
     *
     * @param entities number of hearts
     * @param seed seed of the simulation
     * @param rate observations per second
     */
    record SimulatedHeartbeats(int entities, long seed, double rate) implements WorkloadChoice {
        private static final int MOST_ROWS = 1_000_000;

        @Override
        public Workload after(OptionalLong newest, Duration length) {
            long start = HeartbeatWorkload.HISTORY_ROWS;
            if (newest.isPresent()) {
                start = Math.max(start, Workload.minuteAfter(newest.getAsLong()));
            }
            long rows = (long) (rate * length.toMillis() / 1000 / entities);
            return new HeartbeatWorkload(
                    entities,
                    start,
                    (int) Math.min(MOST_ROWS, Math.max(HeartbeatWorkload.SHORTEST_LIVE_ROWS, rows)),
                    seed);
        }

        /** The rate, or a higher one if the shortest live part with faults would exceed the length. */
        @Override
        public double rate(Workload workload, Duration length) {
            return Math.max(rate, workload.liveRows() * 1000.0 / length.toMillis());
        }
    }

    /**
     * Recorded streams; the live rows are spread over the length.
     *
     * @param workload all rows
     */
    record RecordedStreams(RecordedWorkload workload) implements WorkloadChoice {
        @Override
        public Workload after(OptionalLong newest, Duration length) {
            return newest.isPresent() ? workload.after(newest.getAsLong()) : workload;
        }

        @Override
        public double rate(Workload remaining, Duration length) {
            return remaining.liveRows() * 1000.0 / length.toMillis();
        }
    }
}
