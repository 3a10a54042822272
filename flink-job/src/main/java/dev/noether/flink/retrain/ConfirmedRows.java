package dev.noether.flink.retrain;

import dev.noether.model.gate.ConfirmedIncident;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the rows of confirmed incidents, which no model is trained on, so that the gate can judge models on them.
 * Rows beyond a limit are not kept. Not thread safe.
 */
final class ConfirmedRows {
    private static final int MOST_ROWS = 50_000;

    private final int features;
    private final long longestGap;
    private final Map<String, List<Collected>> byEntity = new TreeMap<>();
    private int rows;

    /**
     * Makes an empty collection.
     *
     * @param longestGap time between two rows of one incident, in milliseconds
     */
    ConfirmedRows(int features, long longestGap) {
        this.features = features;
        this.longestGap = longestGap;
    }

    /** Rows of one incident. */
    private static final class Collected {
        private long[] times = new long[16];
        private double[] values = {};
        private int count;
        private long newest = Long.MIN_VALUE;

        void add(long time, double[] row) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            if (values.length < (count + 1) * row.length) {
                values = Arrays.copyOf(values, times.length * row.length);
            }
            times[count] = time;
            System.arraycopy(row, 0, values, count * row.length, row.length);
            count++;
            newest = Math.max(newest, time);
        }
    }

    /** Adds a row of a confirmed incident or of the margin around it. */
    void add(String entity, long time, double[] row) {
        if (rows == MOST_ROWS) {
            return;
        }
        rows++;
        List<Collected> incidents = byEntity.computeIfAbsent(entity, name -> new ArrayList<>());
        Collected last = incidents.isEmpty() ? null : incidents.get(incidents.size() - 1);
        if (last == null || time - last.newest > longestGap) {
            last = new Collected();
            incidents.add(last);
        }
        last.add(time, row);
    }

    /** The incidents, by entity in order of name. */
    List<ConfirmedIncident> incidents() {
        List<ConfirmedIncident> incidents = new ArrayList<>();
        byEntity.forEach((entity, collected) -> {
            for (Collected one : collected) {
                long[] times = Arrays.copyOf(one.times, one.count);
                double[] values = Arrays.copyOf(one.values, one.count * features);
                long first = Arrays.stream(times).min().orElse(one.newest);
                incidents.add(new ConfirmedIncident(entity, first, one.newest + 1, new Run(times, values)));
            }
        });
        return incidents;
    }
}
