package dev.noether.cli.verify;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Counts missing, duplicate and unexpected outcomes. Each partition is expected to have one outcome for each of the
 * offsets [0, end). Not thread-safe.
 */
public final class Coverage {
    private final long[] ends;
    private final BitSet[] seen;
    private long duplicated;
    private long unexpected;

    /** @param ends {@code [partitions]}, number of observations in each partition */
    public Coverage(long... ends) {
        this.ends = ends.clone();
        this.seen = new BitSet[ends.length];
        Arrays.setAll(seen, partition -> new BitSet());
    }

    /** Adds the outcome of an observation. */
    public void add(int partition, long offset) {
        if (partition < 0 || partition >= ends.length || offset < 0 || offset >= ends[partition]) {
            unexpected++;
        } else if (seen[partition].get((int) offset)) {
            duplicated++;
        } else {
            seen[partition].set((int) offset);
        }
    }

    /** The number of observations. */
    public long expected() {
        return Arrays.stream(ends).sum();
    }

    /** The number of observations without an outcome. */
    public long missing() {
        return expected() - Arrays.stream(seen).mapToLong(BitSet::cardinality).sum();
    }

    /** The number of outcomes beyond the first one of an observation. */
    public long duplicated() {
        return duplicated;
    }

    /** The number of outcomes without an observation. */
    public long unexpected() {
        return unexpected;
    }
}
