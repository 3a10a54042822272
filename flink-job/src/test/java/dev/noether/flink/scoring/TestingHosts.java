package dev.noether.flink.scoring;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.training.EntityHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulated hosts: six gauges around a level of each host, moved together by two slow loads; a setting that never
 * changes; a counter that rises. The same seed and name give the same host.
 */
final class TestingHosts {
    static final FeatureSchema FEATURES =
            new FeatureSchema(List.of("cpu", "memory", "disk", "reads", "writes", "latency", "limit", "requests"));
    static final int LIMIT = 6;
    static final int REQUESTS = 7;
    static final long MINUTE = 60_000;

    private static final int GAUGES = 6;
    private static final double[][] LOADS = {{1, 0.2}, {0.6, 0.6}, {0.1, 1}, {0.8, -0.5}, {0.3, 0.9}, {0.9, 0.4}};

    private TestingHosts() {}

    /** One of them, a row at a time. Not thread safe. */
    static final class Host {
        private final SplittableRandom random;
        private final double[] level = new double[GAUGES];
        private final double[] load = new double[2];
        private double requests;
        private double limit = 3;

        Host(String name, long seed) {
            random = new SplittableRandom(seed ^ ((long) name.hashCode() << 20));
            for (int j = 0; j < GAUGES; j++) {
                level[j] = 10 + random.nextGaussian();
            }
            for (int k = 0; k < load.length; k++) {
                load[k] = random.nextGaussian();
            }
            requests = random.nextDouble(5_000);
        }

        float[] next() {
            for (int k = 0; k < load.length; k++) {
                load[k] = 0.95 * load[k] + Math.sqrt(1 - 0.95 * 0.95) * random.nextGaussian();
            }
            float[] row = new float[FEATURES.size()];
            for (int j = 0; j < GAUGES; j++) {
                row[j] = (float)
                        (level[j] + LOADS[j][0] * load[0] + LOADS[j][1] * load[1] + 0.3 * random.nextGaussian());
            }
            requests += 1 + 0.2 * random.nextGaussian();
            row[LIMIT] = (float) limit;
            row[REQUESTS] = (float) requests;
            return row;
        }

        /** The process behind the counter starts anew. */
        void restart() {
            requests = 0;
        }

        /** The setting begins to move. */
        void moveLimit() {
            limit += random.nextGaussian();
        }
    }

    /** The past of a host, a row a minute, from minute 0 on; the host goes on from there. */
    static EntityHistory history(String name, Host host, int rows) {
        long[] times = new long[rows];
        float[] values = new float[rows * FEATURES.size()];
        for (int i = 0; i < rows; i++) {
            times[i] = i * MINUTE;
            System.arraycopy(host.next(), 0, values, i * FEATURES.size(), FEATURES.size());
        }
        return EntityHistory.of(name, times, values);
    }

    /** The names {@code prefix-0 …}. */
    static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + "-" + i);
        }
        return names;
    }
}
