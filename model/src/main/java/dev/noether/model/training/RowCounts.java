package dev.noether.model.training;

/**
 * Counts the rows of each name in bounded memory: 12 to 36 bytes for each of the first names, and nothing for the
 * others. Names are told apart by a hash of 64 bits; among a million names, two have the same one with a probability of
 * 3 in 100 million.
 *
 * <p>The names beyond the limit share as many counters, by their hash. Their counts run ahead, because others count
 * too; they never run back.
 *
 * <p>Not thread safe. {@link #next} allocates only when the table grows.
 */
final class RowCounts {
    private static final int FIRST_SLOTS = 1024;
    private static final long FREE = 0;

    private final int mostNames;
    private long[] hashes = new long[FIRST_SLOTS];
    private int[] counts = new int[FIRST_SLOTS];
    private int[] shared = {};
    private int names;

    /**
     * Makes counts of no names.
     *
     * @param mostNames number of names with a counter of their own, at least 1; above 2^28 it is 2^28
     */
    RowCounts(int mostNames) {
        if (mostNames < 1) {
            throw new IllegalArgumentException("`mostNames` must be at least 1 (got " + mostNames + ")");
        }
        this.mostNames = Math.min(mostNames, 1 << 28);
    }

    /** Counts a row; returns the number of rows counted before it. */
    int next(String name) {
        long hash = hash(name);
        int slot = slot(hashes, hash);
        if (hashes[slot] == FREE) {
            if (names == mostNames) {
                return nextShared(hash);
            }
            if (3L * (names + 1) > 2L * hashes.length) {
                grow();
                slot = slot(hashes, hash);
            }
            hashes[slot] = hash;
            names++;
        }
        return counts[slot]++;
    }

    /** The number of different names, at most the limit. */
    int names() {
        return names;
    }

    private int nextShared(long hash) {
        if (shared.length == 0) {
            shared = new int[Integer.highestOneBit(mostNames)];
        }
        return shared[(int) (hash >>> 32) & (shared.length - 1)]++;
    }

    private void grow() {
        long[] largerHashes = new long[2 * hashes.length];
        int[] largerCounts = new int[2 * counts.length];
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != FREE) {
                int slot = slot(largerHashes, hashes[i]);
                largerHashes[slot] = hashes[i];
                largerCounts[slot] = counts[i];
            }
        }
        hashes = largerHashes;
        counts = largerCounts;
    }

    /** The slot of a hash, or the free one where it belongs. */
    private static int slot(long[] hashes, long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (hashes[slot] != FREE && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private static long hash(String name) {
        long hash = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return hash == FREE ? 1 : hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
