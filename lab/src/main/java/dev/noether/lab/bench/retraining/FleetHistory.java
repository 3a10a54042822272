package dev.noether.lab.bench.retraining;

import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.ObservationPublisher.DeliveryListener;
import dev.noether.flink.config.DetectorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fleet without faults that writes its history to Kafka. Several threads write, each for some of the servers; no two
 * are more than {@value #LARGEST_LEAD} minutes of event time apart.
 */
final class FleetHistory {
    private static final long MINUTE = 60_000;
    private static final int LARGEST_LEAD = 60;
    private static final long SEED = 1;

    private final DetectorConfig config;
    private final FleetSimulator fleet;
    private final int minutes;
    private final long start;

    /**
     * Makes a fleet.
     *
     * @param config detector, whose features are those of the fleet
     * @param end event time of the end, milliseconds since 1970 UTC
     */
    FleetHistory(DetectorConfig config, RetrainingBenchmarkOptions options, long end) {
        this.config = config;
        this.minutes = options.minutes();
        this.fleet = new FleetSimulator(new FleetOptions(options.entities(), minutes, 0, 0, SEED));
        this.start = end / MINUTE * MINUTE - minutes * MINUTE;
    }

    /** Writes all rows; returns when Kafka has them. */
    void write(int threads) throws ExecutionException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Writer> writers = new ArrayList<>();
        try {
            for (int part = 0; part < threads; part++) {
                writers.add(new Writer(part, threads));
            }
            for (int minute = 0; minute < minutes; minute += LARGEST_LEAD) {
                write(executor, writers, minute, Math.min(minute + LARGEST_LEAD, minutes));
            }
            writers.forEach(writer -> writer.publisher.flush());
        } finally {
            executor.shutdownNow();
            writers.forEach(writer -> writer.publisher.close());
        }
    }

    private static void write(ExecutorService executor, List<Writer> writers, int from, int to)
            throws ExecutionException, InterruptedException {
        List<Future<?>> parts = new ArrayList<>();
        for (Writer writer : writers) {
            parts.add(executor.submit(() -> writer.write(from, to)));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }

    /** Writes the rows of every {@code stride}th server. Used by one thread at a time. */
    private final class Writer {
        private final int first;
        private final int stride;
        private final float[] row = new float[config.features().size()];
        private final ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features());

        Writer(int first, int stride) {
            this.first = first;
            this.stride = stride;
        }

        void write(int from, int to) {
            List<String> names = fleet.entityNames();
            for (int minute = from; minute < to; minute++) {
                for (int entity = first; entity < names.size(); entity += stride) {
                    if (fleet.row(entity, minute, row)) {
                        publisher.send(names.get(entity), start + minute * MINUTE, row, DeliveryListener.NONE);
                    }
                }
            }
        }
    }
}
