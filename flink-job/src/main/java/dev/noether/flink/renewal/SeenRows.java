package dev.noether.flink.renewal;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The observations whose scores were read, by partition and offset. An uncommitted reader also reads the scores of
 * transactions that were aborted, and then those of the same observations again. Remembers at least the last
 * {@value #MOST_PAGES} times {@value #PAGE} offsets, in at most 64 MiB. Not thread safe.
 */
final class SeenRows {
    private static final int PAGE = 1 << 16;
    private static final int MOST_PAGES = 8192;

    private final Map<Page, BitSet> pages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Page, BitSet> eldest) {
            return size() > MOST_PAGES;
        }
    };

    private record Page(int partition, long number) {}

    /** Adds an observation; returns whether it is new. */
    boolean add(int partition, long offset) {
        BitSet page = pages.computeIfAbsent(new Page(partition, offset / PAGE), added -> new BitSet(PAGE));
        int bit = (int) (offset % PAGE);
        boolean isNew = !page.get(bit);
        page.set(bit);
        return isNew;
    }
}
