package dev.noether.flink.recovery;

import java.util.TreeMap;

/** A set of offsets that are added in any order; one bit for each offset between neighbours. Not thread safe. */
final class OffsetBitmap {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_WORDS = 1 << (CHUNK_BITS - 6);

    private final TreeMap<Long, long[]> chunks = new TreeMap<>();

    /** Adds an offset, which must not be negative. */
    void add(long offset) {
        long[] words = chunks.computeIfAbsent(offset >> CHUNK_BITS, chunk -> new long[CHUNK_WORDS]);
        int bit = (int) (offset & ((1 << CHUNK_BITS) - 1));
        words[bit >> 6] |= 1L << bit;
    }

    /** Returns the offsets as ranges. */
    OffsetRanges ranges() {
        OffsetRanges.Builder ranges = new OffsetRanges.Builder();
        chunks.forEach((chunk, words) -> {
            long base = chunk << CHUNK_BITS;
            for (int i = 0; i < words.length; i++) {
                long rest = words[i];
                while (rest != 0) {
                    int from = Long.numberOfTrailingZeros(rest);
                    int length = Long.numberOfTrailingZeros(~(rest >>> from));
                    long start = base + ((long) i << 6) + from;
                    ranges.add(start, start + length);
                    rest = from + length == 64 ? 0 : rest & (-1L << (from + length));
                }
            }
        });
        return ranges.build();
    }
}
