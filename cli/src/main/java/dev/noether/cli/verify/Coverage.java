package dev.noether.cli.verify;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Whether each of the expected observations came out exactly once, as a score or as a rejected record. An observation is its
 * partition and its offset, of which [0, end) are expected. Not thread-safe.
 */
public final class Coverage {
    private final long[] ends;
    private final BitSet[] seen;
    private long duplicated;
    private long unexpected;

    /** @param ends {@code [partitions]}, how many observations each partition holds */
    public Coverage(long... ends) {
        this.ends = ends.clone();
        this.seen = new BitSet[ends.length];
        Arrays.setAll(seen, partition -> new BitSet());
    }

    /** Notes that an observation came out. */
    public void add(int partition, long offset) {
        if (partition < 0 || partition >= ends.length || offset < 0 || offset >= ends[partition]) {
            unexpected++;
        } else if (seen[partition].get((int) offset)) {
            duplicated++;
        } else {
            seen[partition].set((int) offset);
        }
    }

    /** How many observations are expected. */
    public long expected() {
        return Arrays.stream(ends).sum();
    }

    /** How many of them never came out. */
    public long missing() {
        return expected() - Arrays.stream(seen).mapToLong(BitSet::cardinality).sum();
    }

    /** How often an observation came out again. */
    public long duplicated() {
        return duplicated;
    }

    /** How often something came out that nobody sent. */
    public long unexpected() {
        return unexpected;
    }
}
