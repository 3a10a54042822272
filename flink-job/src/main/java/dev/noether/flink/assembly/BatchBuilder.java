package dev.noether.flink.assembly;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.metric.MetricKind;
import dev.noether.flink.metric.MetricReceiver;
import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import dev.noether.schemas.RejectionReason;
import java.util.Arrays;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one record, and gives them as batches: neighbouring values of one entity together. Not thread
 * safe.
 */
final class BatchBuilder implements MetricReceiver {
    private static final int FIRST_VALUES = 64;

    private final MetricCounters counters;
    private long[] numbers = new long[MetricBatch.STRIDE * FIRST_VALUES];
    private @Nullable String[] entities = new String[FIRST_VALUES];
    private int size;

    BatchBuilder(MetricCounters counters) {
        this.counters = counters;
    }

    /** Forgets the record before. */
    void clear() {
        size = 0;
    }

    @Override
    public void value(String entity, int feature, long series, long time, MetricKind kind, double value) {
        counters.read().inc();
        if (!Double.isFinite(value)) {
            counters.notNumbers(feature).inc();
            return;
        }
        if (size == entities.length) {
            entities = Arrays.copyOf(entities, 2 * size);
            numbers = Arrays.copyOf(numbers, MetricBatch.STRIDE * entities.length);
        }
        entities[size] = entity;
        MetricBatch.write(numbers, size, time, series, feature, kind == MetricKind.INCREASE, value);
        size++;
    }

    @Override
    public void refused(int values, RejectionReason reason, String problem) {
        counters.refused(reason).inc(values);
    }

    /**
     * Gives the values of the record. None of them is late for another one: they count against the time that the partition
     * had reached before the record.
     */
    void flush(PartitionClock clock, Collector<MetricResult> out) {
        long before = clock.reached();
        int from = 0;
        while (from < size) {
            String entity = requireNonNull(entities[from]);
            int to = from + 1;
            long newest = numbers[MetricBatch.STRIDE * from];
            while (to < size && entity.equals(entities[to])) {
                newest = Math.max(newest, numbers[MetricBatch.STRIDE * to]);
                to++;
            }
            long after = clock.observe(entity, newest);
            out.collect(new MetricBatch(
                    entity,
                    clock.partition(),
                    before,
                    after,
                    Arrays.copyOfRange(numbers, MetricBatch.STRIDE * from, MetricBatch.STRIDE * to)));
            from = to;
        }
    }
}
