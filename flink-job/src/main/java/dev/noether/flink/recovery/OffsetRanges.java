package dev.noether.flink.recovery;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/** A set of offsets of one partition, as ranges in ascending order that do not touch. Immutable. */
public final class OffsetRanges implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No offsets. */
    public static final OffsetRanges NONE = new OffsetRanges(new long[0]);

    /** Starts at even places, exclusive ends behind them. */
    private final long[] bounds;

    private OffsetRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /** Returns the offsets in {@code [from, to)}; none if {@code to} is not greater. */
    public static OffsetRanges of(long from, long to) {
        return new Builder().add(from, to).build();
    }

    /** Collects ranges in ascending order. Not thread safe. */
    static final class Builder {
        private long[] bounds = new long[16];
        private int size;

        /** Adds {@code [from, to)}, which must not start before the end of the range before it. */
        Builder add(long from, long to) {
            if (to <= from) {
                return this;
            }
            if (size > 0 && from < bounds[size - 1]) {
                throw new IllegalArgumentException(
                        "ranges must ascend (got " + from + " after " + bounds[size - 1] + ")");
            }
            if (size > 0 && from == bounds[size - 1]) {
                bounds[size - 1] = to;
                return this;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size++] = from;
            bounds[size++] = to;
            return this;
        }

        OffsetRanges build() {
            return new OffsetRanges(Arrays.copyOf(bounds, size));
        }
    }

    /** Whether the set contains no offset. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Number of ranges. */
    public int size() {
        return bounds.length / 2;
    }

    /** Smallest offset; the set must not be empty. */
    public long first() {
        return bounds[0];
    }

    /** Largest offset plus one; 0 if the set is empty. */
    public long end() {
        return isEmpty() ? 0 : bounds[bounds.length - 1];
    }

    /** First offset of a range. */
    long start(int range) {
        return bounds[2 * range];
    }

    /** Last offset of a range plus one. */
    long end(int range) {
        return bounds[2 * range + 1];
    }

    /** Number of offsets. */
    public long count() {
        long count = 0;
        for (int i = 0; i < size(); i++) {
            count += end(i) - start(i);
        }
        return count;
    }

    /** Whether the set contains an offset. Allocates nothing. */
    public boolean contains(long offset) {
        int place = Arrays.binarySearch(bounds, offset);
        // At a bound: a start is inside, an end is not. Between bounds: inside behind a start.
        return place >= 0 ? (place & 1) == 0 : ((-place - 1) & 1) == 1;
    }

    /** Returns the offsets in {@code [from, to)} that are not in the set. */
    public OffsetRanges gaps(long from, long to) {
        Builder gaps = new Builder();
        long next = from;
        for (int i = 0; i < size() && start(i) < to; i++) {
            gaps.add(next, Math.min(start(i), to));
            next = Math.max(next, end(i));
        }
        return gaps.add(next, to).build();
    }

    /** Returns the offsets that are in both sets. */
    public OffsetRanges intersect(OffsetRanges other) {
        Builder both = new Builder();
        for (int i = 0, j = 0; i < size() && j < other.size(); ) {
            both.add(Math.max(start(i), other.start(j)), Math.min(end(i), other.end(j)));
            if (end(i) < other.end(j)) {
                i++;
            } else {
                j++;
            }
        }
        return both.build();
    }

    /** Returns the offsets from a given one on. */
    public OffsetRanges from(long offset) {
        return isEmpty() || offset >= end() ? NONE : intersect(of(offset, end()));
    }

    /** Writes the set. */
    void write(DataOutput target) throws IOException {
        target.writeInt(bounds.length);
        for (long bound : bounds) {
            target.writeLong(bound);
        }
    }

    /** Reads what {@link #write} wrote. */
    static OffsetRanges read(DataInput source) throws IOException {
        long[] bounds = new long[source.readInt()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = source.readLong();
        }
        return new OffsetRanges(bounds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetRanges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Number of offsets with the smallest and the largest, such as {@code 1,204 between offsets 8,811 and 10,020}. */
    @Override
    public String toString() {
        return isEmpty()
                ? "0"
                : String.format(Locale.ROOT, "%,d between offsets %,d and %,d", count(), first(), end() - 1);
    }
}
