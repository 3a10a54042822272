package dev.noether.flink.metric;

import dev.noether.schemas.MalformedRecordException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one record until the whole record is read, so that a record gives all of its values or none.
 * It is used again for each record. Not thread safe.
 */
final class ValueCollector {
    private static final int FIRST_CAPACITY = 64;

    private String[] entities = new String[FIRST_CAPACITY];
    private int[] features = new int[FIRST_CAPACITY];
    private long[] series = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private MetricKind[] kinds = new MetricKind[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int size;

    private int refused;
    private @Nullable MalformedRecordException problem;

    /** Forgets everything. */
    void clear() {
        size = 0;
        refused = 0;
        problem = null;
    }

    /** Adds a value. An infinite one is no number that a model could use. */
    void add(String entity, int feature, long labels, long time, MetricKind kind, double value) {
        if (size == values.length) {
            grow();
        }
        entities[size] = entity;
        features[size] = feature;
        series[size] = labels;
        times[size] = time;
        kinds[size] = kind;
        values[size] = Double.isInfinite(value) ? Double.NaN : value;
        size++;
    }

    /** Notes that values cannot be used, because they have no entity or an impossible time. */
    void refuse(int count, MalformedRecordException reason) {
        refused += count;
        if (problem == null) {
            problem = reason;
        }
    }

    /**
     * Gives the values to a receiver.
     *
     * @return number of values
     * @throws MalformedRecordException if there is none, and values were refused
     */
    int giveTo(MetricReceiver receiver) throws MalformedRecordException {
        MalformedRecordException reason = problem;
        if (reason != null) {
            if (size == 0) {
                throw reason;
            }
            receiver.refused(refused, reason.reason(), String.valueOf(reason.getMessage()));
        }
        for (int i = 0; i < size; i++) {
            receiver.value(entities[i], features[i], series[i], times[i], kinds[i], values[i]);
        }
        return size;
    }

    private void grow() {
        int capacity = 2 * size;
        entities = Arrays.copyOf(entities, capacity);
        features = Arrays.copyOf(features, capacity);
        series = Arrays.copyOf(series, capacity);
        times = Arrays.copyOf(times, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        values = Arrays.copyOf(values, capacity);
    }
}
