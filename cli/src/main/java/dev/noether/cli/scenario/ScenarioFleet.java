package dev.noether.cli.scenario;

import dev.noether.cli.stream.FleetWorkload;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Three days of a simulated fleet without faults, in memory. */
final class ScenarioFleet {
    static final int MINUTES = FleetWorkload.HISTORY_MINUTES;

    private final List<String> features;
    private final List<EntityHistory> histories;

    /** Simulates. */
    ScenarioFleet(int servers, long seed) {
        Workload workload =
                new FleetWorkload(servers, FleetWorkload.HISTORY_MINUTES, FleetWorkload.SHORTEST_LIVE_MINUTES, seed);
        features = workload.features();
        long[][] times = new long[servers][MINUTES];
        float[][] rows = new float[servers][MINUTES * features.size()];
        int[] counts = new int[servers];
        for (RowCursor cursor = workload.history(); cursor.next(); ) {
            int server = cursor.entity();
            times[server][counts[server]] = cursor.eventTime();
            System.arraycopy(cursor.values(), 0, rows[server], counts[server] * features.size(), features.size());
            counts[server]++;
        }
        histories = new ArrayList<>();
        for (int server = 0; server < servers; server++) {
            histories.add(EntityHistory.of(
                    workload.entities().get(server),
                    Arrays.copyOf(times[server], counts[server]),
                    Arrays.copyOf(rows[server], counts[server] * features.size())));
        }
    }

    /** Names of the features. */
    List<String> features() {
        return features;
    }

    /** The event time of a minute. */
    static long time(int minute) {
        return Workload.eventTime(minute);
    }

    /** The rows of the minutes {@code [from, to)}. */
    List<EntityHistory> between(int from, int to) {
        return histories.stream()
                .map(history -> {
                    Run run = history.runs().get(0);
                    int first = index(run.times(), time(from));
                    int last = index(run.times(), time(to));
                    return EntityHistory.of(
                            history.entity(),
                            Arrays.copyOfRange(run.times(), first, last),
                            Arrays.copyOfRange(run.rows(), first * features.size(), last * features.size()));
                })
                .toList();
    }

    private static int index(long[] times, long time) {
        int found = Arrays.binarySearch(times, time);
        return found >= 0 ? found : -found - 1;
    }

    /** The same rows, each value in the place of the feature before it. */
    List<EntityHistory> shuffled(List<EntityHistory> rows) {
        int width = features.size();
        return rows.stream()
                .map(history -> {
                    Run run = history.runs().get(0);
                    double[] values = new double[run.rows().length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = run.rows()[i - i % width + (i + 1) % width];
                    }
                    return EntityHistory.of(history.entity(), run.times(), values);
                })
                .toList();
    }

    private static float[] floats(double[] row) {
        float[] narrow = new float[row.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) row[i];
        }
        return narrow;
    }

    /**
     * Sends the rows of the minutes {@code [from, to)} in the order of their times.
     *
     * @return number of rows
     */
    int send(DetectorConfig config, int from, int to) {
        int sent = 0;
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int minute = from; minute < to; minute++) {
                for (EntityHistory history : between(minute, minute + 1)) {
                    Run run = history.runs().get(0);
                    if (run.count() > 0) {
                        publisher.send(
                                history.entity(),
                                run.times()[0],
                                floats(run.rows()),
                                ObservationPublisher.DeliveryListener.NONE);
                        sent++;
                    }
                }
            }
            publisher.flush();
        }
        return sent;
    }
}
