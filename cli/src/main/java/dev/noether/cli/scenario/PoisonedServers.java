package dev.noether.cli.scenario;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Servers with twelve readings of three causes: a cycle of four hours, a load that drifts, and noise that comes in
 * bursts. An incident adds a cause of its own to three readings; no single row shows it clearly. The same seed makes the
 * same servers with and without incidents.
 */
final class PoisonedServers {
    static final int FEATURES = 12;
    static final int SERVERS = 20;

    private static final int CAUSES = 3;
    private static final int CYCLE_ROWS = 240;
    private static final int[] BROKEN = {2, 5, 9};
    private static final int OPPOSITE = 5;

    private final int rows;
    private final long seed;
    private final float[] loadings = new float[FEATURES * CAUSES];

    /** Says which rows belong to an incident. */
    @FunctionalInterface
    interface Incidents {
        /** None. */
        Incidents NONE = (server, row) -> false;

        /** Whether a row of a server belongs to one. */
        boolean contains(int server, int row);
    }

    /**
     * Makes servers.
     *
     * @param rows rows of each server
     */
    PoisonedServers(int rows, long seed) {
        this.rows = rows;
        this.seed = seed;
        RandomGenerator shared = new SplittableRandom(seed);
        for (int i = 0; i < loadings.length; i++) {
            loadings[i] = (float) shared.nextGaussian();
        }
    }

    /** One incident in a twentieth of the rows: each fifth server, for a quarter of the time. */
    static Incidents twentieth(int from, int count) {
        return (server, row) -> {
            int start = from + count / 2 + 3 * server;
            return server % 5 == 0 && row >= start && row < start + count / 4;
        };
    }

    /** Incidents of an hour in each second server, a third into a part of the rows. */
    static Incidents hours(int from, int count) {
        return (server, row) -> {
            int start = from + count / 3 + 7 * server;
            return server % 2 == 1 && row >= start && row < start + 60;
        };
    }

    /** The rows of a server, row-major {@code [rows, FEATURES]}. */
    float[] server(int server, Incidents incidents) {
        RandomGenerator random = new SplittableRandom(seed + 1000 + server);
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
                double noise = 0.3 * loadings[CAUSES * j + 2] * random.nextGaussian() + 0.2 * random.nextGaussian();
                all[i * FEATURES + j] = (float)
                        (offsets[j] + loadings[CAUSES * j] * cycle + loadings[CAUSES * j + 1] * load + burst * noise);
            }
            if (incidents.contains(server, i)) {
                for (int j : BROKEN) {
                    all[i * FEATURES + j] += (float) (1.5 + own) * (j == OPPOSITE ? -1 : 1);
                }
            }
        }
        return all;
    }
}
