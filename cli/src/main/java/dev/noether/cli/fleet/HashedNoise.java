package dev.noether.cli.fleet;

/**
 * Noise as a function: the same place always holds the same value, whatever was asked before. Uses no transcendental
 * function, so that every machine finds the same bits. Immutable and thread-safe.
 */
final class HashedNoise {
    private static final double SCALE_TO_UNIT_VARIANCE = Math.sqrt(3);

    private final long seed;

    HashedNoise(long seed) {
        this.seed = seed;
    }

    /** Uniform in [0, 1). */
    double uniform(int entity, int stream, long index) {
        return (hash(entity, stream, index) >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    double uniform(int entity, int stream, long index, double low, double high) {
        return low + (high - low) * uniform(entity, stream, index);
    }

    /**
     * Nearly Gaussian with mean 0 and variance 1, never beyond ±3.5: the sum of four uniform values, cut out of one hash.
     */
    double gaussian(int entity, int stream, long index) {
        long bits = hash(entity, stream, index);
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum / 65_535.0 - 2) * SCALE_TO_UNIT_VARIANCE;
    }

    /** A smooth path through one Gaussian value every {@code spacing} minutes; mean 0, variance 1 everywhere. */
    double smooth(int entity, int stream, long minute, int spacing) {
        long knot = Math.floorDiv(minute, (long) spacing);
        double weight = smoothStep((double) Math.floorMod(minute, (long) spacing) / spacing);
        double mixed = (1 - weight) * gaussian(entity, stream, knot) + weight * gaussian(entity, stream, knot + 1);
        return mixed / Math.sqrt(weight * weight + (1 - weight) * (1 - weight));
    }

    /** From 0 to 1 over [0, 1], flat at both ends and outside. */
    static double smoothStep(double position) {
        double inside = Math.min(1, Math.max(0, position));
        return inside * inside * (3 - 2 * inside);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over the place's three coordinates. */
    private long hash(int entity, int stream, long index) {
        long state = mix(seed + 0x9e3779b97f4a7c15L * (entity + 1L));
        return mix(mix(state + 0x9e3779b97f4a7c15L * (stream + 1L)) + 0x9e3779b97f4a7c15L * index);
    }

    private static long mix(long value) {
        long state = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        state = (state ^ state >>> 27) * 0x94d049bb133111ebL;
        return state ^ state >>> 31;
    }
}
