package dev.noether.cli.fleet;

/**
 * Noise as a function of the entity, the stream and the index; the same arguments always return the same value. It uses
 * no transcendental function, so every machine returns the same bits. Immutable and thread-safe.
 */
public final class HashedNoise {
    private static final double SCALE_TO_UNIT_VARIANCE = Math.sqrt(3);

    private final long seed;

    /** Makes noise; the same for the same seed. */
    public HashedNoise(long seed) {
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

    /** Nearly Gaussian with mean 0 and variance 1, within ±3.5: the scaled sum of four uniform values from one hash. */
    public double gaussian(int entity, int stream, long index) {
        long bits = hash(entity, stream, index);
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum / 65_535.0 - 2) * SCALE_TO_UNIT_VARIANCE;
    }

    /**
     * A smooth curve through one Gaussian value every {@code spacing} minutes; mean 0 and variance 1 in every minute.
     */
    public double smooth(int entity, int stream, long minute, int spacing) {
        long knot = Math.floorDiv(minute, (long) spacing);
        double weight = smoothStep((double) Math.floorMod(minute, (long) spacing) / spacing);
        double mixed = (1 - weight) * gaussian(entity, stream, knot) + weight * gaussian(entity, stream, knot + 1);
        return mixed / Math.sqrt(weight * weight + (1 - weight) * (1 - weight));
    }

    /** A smooth step: 0 below 0, 1 above 1, with slope 0 at both ends. */
    static double smoothStep(double position) {
        double inside = Math.min(1, Math.max(0, position));
        return inside * inside * (3 - 2 * inside);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014), applied to the three arguments in turn. */
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
