package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A block of consecutive rows of one entity, in the sample of a {@link BlockSampler}. A row may be marked as left out,
 * and rows may be missing between two rows. Not thread safe.
 */
final class SampledBlock {
    /** Order by priority. Equal hashes are ordered by entity and number, so that the order is total. */
    static final Comparator<SampledBlock> BY_PRIORITY = Comparator.comparingLong(SampledBlock::priority)
            .thenComparing(SampledBlock::entity)
            .thenComparingLong(SampledBlock::number);

    private static final LeftOutReason[] REASONS = LeftOutReason.values();
    private static final byte AFTER_GAP = (byte) 0x80;
    private static final int REASON_MASK = 0x7F;
    private static final int FIRST_ROWS = 2;

    private final String entity;
    private final long number;
    private final long priority;
    private long[] times = {};
    /** For each row: 1 + the position of its reason, or 0; and whether rows are missing before it. */
    private byte[] marks = {};

    /** Values of the rows, as long as floats hold all of them exactly, which take half the memory. */
    private float @Nullable [] narrow = {};
    /** Values of the rows otherwise. */
    private double[] wide = {};

    private int count;
    private boolean isAfterGap;

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

    /**
     * Appends a row.
     *
     * @param reason why it is left out; null if it is not
     */
    void append(long time, double[] row, int features, @Nullable LeftOutReason reason) {
        if (count == times.length) {
            int capacity = Math.min(Math.max(FIRST_ROWS, 2 * count), BlockSampler.BLOCK_ROWS);
            times = Arrays.copyOf(times, capacity);
            marks = Arrays.copyOf(marks, capacity);
        }
        float[] floats = narrow;
        if (floats != null && !areFloats(row, features)) {
            wide = widened(floats);
            floats = null;
            narrow = null;
        }
        int offset = count * features;
        if (floats == null) {
            wide = wide.length < times.length * features ? Arrays.copyOf(wide, times.length * features) : wide;
            System.arraycopy(row, 0, wide, offset, features);
        } else {
            floats = floats.length < times.length * features ? Arrays.copyOf(floats, times.length * features) : floats;
            for (int j = 0; j < features; j++) {
                floats[offset + j] = (float) row[j];
            }
            narrow = floats;
        }
        times[count] = time;
        marks[count] = (byte) ((reason == null ? 0 : 1 + reason.ordinal()) | (isAfterGap ? AFTER_GAP : 0));
        count++;
        isAfterGap = false;
    }

    /** Says that a row is missing here. */
    void skip() {
        isAfterGap = true;
    }

    /** Frees the memory of a block that is no longer in the sample. */
    void release() {
        times = new long[0];
        marks = new byte[0];
        narrow = new float[0];
        wide = new double[0];
        count = 0;
    }

    /** Adds the rows to a collector, without those of some reasons. */
    void collect(RunCollector runs, int features, Predicate<LeftOutReason> isLeftOut) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            boolean isOut = isLeftOut(i, isLeftOut);
            if (isOut || marks[i] < 0) {
                runs.add(rows(start, i, features));
                runs.end();
                start = isOut ? i + 1 : i;
            }
        }
        runs.add(rows(start, count, features));
        if (isAfterGap) {
            runs.end();
        }
    }

    private boolean isLeftOut(int row, Predicate<LeftOutReason> isLeftOut) {
        int mark = marks[row] & REASON_MASK;
        return mark > 0 && isLeftOut.test(REASONS[mark - 1]);
    }

    private Run rows(int from, int to, int features) {
        float[] floats = narrow;
        double[] values = floats == null
                ? Arrays.copyOfRange(wide, from * features, to * features)
                : widened(Arrays.copyOfRange(floats, from * features, to * features));
        return new Run(Arrays.copyOfRange(times, from, to), values);
    }

    private static boolean areFloats(double[] row, int features) {
        for (int j = 0; j < features; j++) {
            if (!Double.isNaN(row[j]) && (float) row[j] != row[j]) {
                return false;
            }
        }
        return true;
    }

    private static double[] widened(float[] floats) {
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }
}
