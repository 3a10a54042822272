package dev.noether.flink.assembly;

import dev.noether.flink.wire.MetricBatch;

/** One value of a metric, as a test makes it. */
record TestingValue(String entity, int feature, long series, long time, boolean isIncrease, double value) {
    static TestingValue level(String entity, int feature, long time, double value) {
        return new TestingValue(entity, feature, 7, time, false, value);
    }

    /** The batch of this value alone, behind records that have reached a time. Each entity has its own partition. */
    MetricBatch batch(long reached) {
        return batch(entity.hashCode(), reached);
    }

    /** The batch of this value alone, in a partition, behind records that have reached a time. */
    MetricBatch batch(long partition, long reached) {
        long[] numbers = new long[MetricBatch.STRIDE];
        MetricBatch.write(numbers, 0, time, series, feature, isIncrease, value);
        return new MetricBatch(entity, partition, reached, reached, numbers);
    }

    MetricBatch batch() {
        return batch(Long.MIN_VALUE);
    }
}
