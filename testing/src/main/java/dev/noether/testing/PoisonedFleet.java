package dev.noether.testing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Servers with twelve readings of three causes: a cycle of four hours, a load that drifts, and noise that comes in
 * bursts. An incident adds a cause of its own to three readings. The same seed makes the same fleet with and without
 * incidents.
 */
public final class PoisonedFleet {
    /** Readings in a row. */
    public static final int FEATURES = 12;

    private static final int CAUSES = 3;
    private static final int CYCLE_ROWS = 240;
    private static final int[] BROKEN = {2, 5, 9};

    private final int rows;
    private final long seed;
    private final float[] loadings = new float[FEATURES * CAUSES];

    /** Says which rows belong to an incident. */
    @FunctionalInterface
    public interface Incidents {
        /** None. */
        Incidents NONE = (entity, row) -> false;

        /** Whether a row of an entity belongs to one. */
        boolean contains(int entity, int row);
    }

    /**
     * Makes a fleet.
     *
     * @param rows rows of each entity
     */
    public PoisonedFleet(int rows, long seed) {
        this.rows = rows;
        this.seed = seed;
        RandomGenerator shared = new SplittableRandom(seed);
        for (int i = 0; i < loadings.length; i++) {
            loadings[i] = (float) shared.nextGaussian();
        }
    }

    /**
     * One incident in a part of the rows, a twentieth of it: each fifth entity, for a quarter of the time.
     *
     * @param from first row of the part
     * @param count number of rows of the part
     */
    public static Incidents twentieth(int from, int count) {
        return (entity, row) -> {
            int start = from + count / 2 + 3 * entity;
            return entity % 5 == 0 && row >= start && row < start + count / 4;
        };
    }

    /** Incidents of an hour in each second entity, a third into a part of the rows. */
    public static Incidents hours(int from, int count) {
        return (entity, row) -> {
            int start = from + count / 3 + 7 * entity;
            return entity % 2 == 1 && row >= start && row < start + 60;
        };
    }

    /** The rows of an entity, row-major {@code [rows, FEATURES]}. */
    public float[] entity(int entity, Incidents incidents) {
        RandomGenerator random = new SplittableRandom(seed + 1000 + entity);
        float[] all = new float[rows * FEATURES];
        double load = 0;
        double own = 0;
        double[] offsets = new double[FEATURES];
        Arrays.setAll(offsets, j -> 2 * random.nextGaussian());
        for (int i = 0; i < rows; i++) {
            load = 0.98 * load + 0.2 * random.nextGaussian();
            own = 0.7 * own + 0.7 * random.nextGaussian();
            double burst = random.nextInt(100) == 0 ? 2 * random.nextExponential() : 1;
            double cycle = Math.sin(2 * Math.PI * i / CYCLE_ROWS);
            for (int j = 0; j < FEATURES; j++) {
                all[i * FEATURES + j] = (float) (offsets[j]
                        + loadings[3 * j] * cycle
                        + loadings[3 * j + 1] * load
                        + burst * (0.3 * loadings[3 * j + 2] * random.nextGaussian() + 0.2 * random.nextGaussian()));
            }
            if (incidents.contains(entity, i)) {
                for (int j : BROKEN) {
                    all[i * FEATURES + j] += (float) (1.5 + own) * (j == 5 ? -1 : 1);
                }
            }
        }
        return all;
    }
}
