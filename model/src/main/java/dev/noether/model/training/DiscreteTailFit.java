package dev.noether.model.training;

import java.util.Arrays;

/**
 * Fits a discrete generalized Pareto distribution to whole numbers from 0 on, by maximum likelihood over a grid of
 * shapes. The number of independent bursts behind the numbers makes the tail heavier: an exponential tail, averaged over
 * the uncertainty of a scale that was estimated from n numbers, is a Pareto tail of shape 1 / n.
 *
 * @param spread scale, above 0
 * @param shape shape, in (0, {@value #MOST_SHAPE}]
 */
record DiscreteTailFit(double spread, double shape) {
    private static final double MOST_SHAPE = 1;
    private static final double SHAPE_STEP = 0.1;
    private static final int SPREADS = 60;

    /** The prior: half a number that is one higher. Numbers that are all 0 do not mean that a 1 is impossible. */
    private static final double PRIOR = 0.5;

    /** Largest number of distinct numbers; the others are thinned out. */
    private static final int MOST_NUMBERS = 2000;

    /**
     * Fits.
     *
     * @param steps distances from the usual value, whole numbers from 1 on, at least one
     * @param bursts number of independent bursts, at least 1
     */
    static DiscreteTailFit of(double[] steps, int bursts) {
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double[] numbers = thinned(sorted);
        double weight = (double) steps.length / numbers.length;
        double mean = PRIOR;
        for (double number : numbers) {
            mean += weight * number;
        }
        mean /= steps.length + PRIOR;
        double best = Double.NEGATIVE_INFINITY;
        double bestSpread = 1;
        double bestShape = 0;
        for (double shape = 0; shape <= MOST_SHAPE; shape += SHAPE_STEP) {
            for (int i = 0; i <= SPREADS; i++) {
                double spread = usualSpread(mean) * Math.exp(4 * ((double) i / SPREADS - 0.75));
                double likelihood = PRIOR * logChance(1, spread, shape);
                for (double number : numbers) {
                    likelihood += weight * logChance(number, spread, shape);
                }
                if (likelihood > best) {
                    best = likelihood;
                    bestSpread = spread;
                    bestShape = shape;
                }
            }
        }
        return new DiscreteTailFit(bestSpread, Math.min(MOST_SHAPE, bestShape + 1.0 / bursts));
    }

    /** The scale of a geometric distribution with this mean. */
    private static double usualSpread(double mean) {
        return 1 / Math.log1p(1 / mean);
    }

    private static double logChance(double number, double spread, double shape) {
        double chance = share(number, spread, shape) - share(number + 1, spread, shape);
        return Math.log(Math.max(Double.MIN_NORMAL, chance));
    }

    private static double share(double number, double spread, double shape) {
        return shape == 0 ? Math.exp(-number / spread) : Math.pow(1 + shape * number / spread, -1 / shape);
    }

    private static double[] thinned(double[] ascending) {
        int count = Math.min(MOST_NUMBERS, ascending.length);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = ascending[(int) ((2L * i + 1) * ascending.length / (2L * count))] - 1;
        }
        return numbers;
    }
}
