package dev.noether.flink.assembly;

import java.util.Arrays;

/**
 * The places of series in arrays: a hash table from a feature, a kind and a series to a number that counts up from 0. Not
 * thread safe; allocates only when it grows.
 */
final class SeriesIndex {
    private static final int LEAST = 8;
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private long[] series;
    private int[] codes;
    /** The place plus 1; 0 for none. */
    private int[] slots;

    private int size;

    SeriesIndex() {
        this(new long[LEAST], new int[LEAST], new int[2 * LEAST], 0);
    }

    private SeriesIndex(long[] series, int[] codes, int[] slots, int size) {
        this.series = series;
        this.codes = codes;
        this.slots = slots;
        this.size = size;
    }

    SeriesIndex copy() {
        return new SeriesIndex(series.clone(), codes.clone(), slots.clone(), size);
    }

    int size() {
        return size;
    }

    /** Number of places that arrays beside this index need. */
    int capacity() {
        return series.length;
    }

    long series(int at) {
        return series[at];
    }

    /** Twice the feature, plus 1 for increases. */
    int code(int at) {
        return codes[at];
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, 0);
            size = 0;
        }
    }

    /** Returns the place of a series; -1 if it has none. */
    int find(int code, long key) {
        int mask = slots.length - 1;
        for (int slot = hash(code, key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int at = slots[slot] - 1;
            if (series[at] == key && codes[at] == code) {
                return at;
            }
        }
        return -1;
    }

    /** Adds a series that has no place; returns its place, the largest one. */
    int add(int code, long key) {
        if (size == series.length) {
            series = Arrays.copyOf(series, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
            slots = new int[4 * size];
            for (int i = 0; i < size; i++) {
                place(i);
            }
        }
        series[size] = key;
        codes[size] = code;
        place(size);
        return size++;
    }

    private void place(int at) {
        int mask = slots.length - 1;
        int slot = hash(codes[at], series[at]) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = at + 1;
    }

    private static int hash(int code, long key) {
        long mixed = (key + code) * MIXER;
        return (int) (mixed >>> Integer.SIZE) ^ (int) (mixed >>> 17);
    }
}
