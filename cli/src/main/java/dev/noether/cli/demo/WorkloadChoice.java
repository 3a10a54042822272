package dev.noether.cli.demo;

import dev.noether.cli.stream.FleetWorkload;
import dev.noether.cli.stream.RecordedWorkload;
import dev.noether.cli.stream.Workload;
import java.time.Duration;
import java.util.OptionalLong;

/** What the demonstration sends. */
public sealed interface WorkloadChoice {
    /** Rows of the fleet in a second where nothing else is asked for. */
    double FLEET_RATE = 1200;

    /**
     * The workload, from its start or behind what was sent before.
     *
     * @param newest the newest event time sent before, where something was
     * @param length how long live rows are sent
     */
    Workload after(OptionalLong newest, Duration length);

    /** Rows in a second that suit it. */
    double rate(Workload workload, Duration length);

    /**
     * The simulated fleet, as fast as asked for.
     *
     * @param entities number of servers
     * @param seed of the simulation
     * @param rate rows in a second
     */
    record Fleet(int entities, long seed, double rate) implements WorkloadChoice {
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
                    (int) Math.min(1_000_000, Math.max(FleetWorkload.SHORTEST_LIVE_MINUTES, minutes)),
                    seed);
        }

        /** Faster than asked for where the incidents would not fit otherwise. */
        @Override
        public double rate(Workload workload, Duration length) {
            return Math.max(rate, workload.liveRows() * 1000.0 / length.toMillis());
        }
    }

    /**
     * Recorded streams, spread over the length.
     *
     * @param workload all of it
     */
    record Recorded(RecordedWorkload workload) implements WorkloadChoice {
        @Override
        public Workload after(OptionalLong newest, Duration length) {
            return newest.isPresent() ? workload.from(Workload.minuteAfter(newest.getAsLong())) : workload;
        }

        @Override
        public double rate(Workload given, Duration length) {
            return given.liveRows() * 1000.0 / length.toMillis();
        }
    }
}
