package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.util.Arrays;
import java.util.Comparator;

/** A block of consecutive rows of one entity, in the sample of a {@link BlockSampler}. Not thread safe. */
final class SampledBlock {
    /** Order by priority. Equal hashes are ordered by entity and number, so that the order is total. */
    static final Comparator<SampledBlock> BY_PRIORITY = Comparator.comparingLong(SampledBlock::priority)
            .thenComparing(SampledBlock::entity)
            .thenComparingLong(SampledBlock::number);

    private final String entity;
    private final long number;
    private final long priority;
    private long[] times = new long[16];
    private float[] rows = {};
    private int count;

    /**
     * Makes an empty block.
     *
     * @param number number of the block among those of the entity, from 0
     * @param priority lower is kept longer
     */
    SampledBlock(String entity, long number, long priority) {
        this.entity = entity;
        this.number = number;
        this.priority = priority;
    }

    String entity() {
        return entity;
    }

    long number() {
        return number;
    }

    long priority() {
        return priority;
    }

    /** The number of rows. */
    int count() {
        return count;
    }

    void append(long time, float[] row, int features) {
        if (count == times.length) {
            times = Arrays.copyOf(times, Math.min(2 * count, BlockSampler.BLOCK_ROWS));
        }
        if (rows.length < (count + 1) * features) {
            rows = Arrays.copyOf(rows, times.length * features);
        }
        times[count] = time;
        System.arraycopy(row, 0, rows, count * features, features);
        count++;
    }

    /** Frees the memory of a block that is no longer in the sample. */
    void release() {
        times = new long[0];
        rows = new float[0];
        count = 0;
    }

    Run run(int features) {
        return new Run(Arrays.copyOf(times, count), Arrays.copyOf(rows, count * features));
    }
}
