package dev.noether.flink.source.field;

/**
 * A hash of 64 bits of a set of labels. It does not depend on their order, and is the same in each process and version:
 * checkpoints hold it. The hash of a set is the sum of the hashes of its labels. Stateless.
 */
public final class SeriesHash {
    /** The hash of no labels. */
    public static final long NONE = 0;

    private static final long START = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private SeriesHash() {}

    /** Returns the hash of one label. */
    public static long of(String name, String value) {
        return mix(text(text(START, name) * PRIME, value));
    }

    /** FNV-1a over the UTF-16 units of a text. */
    private static long text(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** Spreads each bit over all others, so that the sum of hashes is a hash; the last step of MurmurHash3. */
    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
