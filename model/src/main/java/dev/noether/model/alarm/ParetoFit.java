package dev.noether.model.alarm;

/**
 * A generalized Pareto distribution fitted to exceedances by maximum likelihood, with a normal prior of the shape. From
 * a few hundred exceedances the likelihood alone determines the shape to ±0.1 at best, and unlabelled incidents bias it
 * upwards.
 *
 * <p>Immutable.
 *
 * @param shape fitted shape, in [−0.3, 0.1]
 * @param scale fitted scale, above 0
 */
public record ParetoFit(double shape, double scale) {
    static final double LEAST_SHAPE = -0.3;
    static final double MOST_SHAPE = 0.1;

    /** Largest number of exceedances; of more, an evenly spaced sample is used. */
    private static final int MOST_POINTS = 2000;

    private static final int STEPS = 40;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /**
     * Fits the distribution.
     *
     * @param exceedances excesses of the scores above the threshold, ascending, at least 0, finite
     * @param usualShape mean of the prior
     * @param weight weight of the prior in exceedances, at least 0
     * @return the fit; without a positive exceedance, the usual shape with a scale of {@link Double#MIN_NORMAL}
     */
    public static ParetoFit of(double[] exceedances, double usualShape, double weight) {
        double[] points = thinned(exceedances);
        double mean = mean(points);
        if (!(mean > 0)) {
            return new ParetoFit(usualShape, Double.MIN_NORMAL);
        }
        Likelihood likelihood = new Likelihood(points, exceedances.length, mean, usualShape, weight);
        double shape = best(likelihood::ofShape, LEAST_SHAPE, MOST_SHAPE);
        return new ParetoFit(shape, Math.exp(likelihood.bestLogScale(shape)));
    }

    private record Likelihood(double[] points, int count, double mean, double usualShape, double weight) {
        double ofShape(double shape) {
            double away = shape - usualShape;
            return of(shape, bestLogScale(shape)) * count / points.length - weight * away * away / 2;
        }

        double bestLogScale(double shape) {
            double least = Math.log(mean) - 2;
            if (shape < 0) {
                // The largest point lies inside the distribution.
                least = Math.max(least, Math.log(-shape * points[points.length - 1] * (1 + 1e-9)));
            }
            return best(logScale -> of(shape, logScale), least, Math.max(least, Math.log(mean)) + 2);
        }

        private double of(double shape, double logScale) {
            double factor = shape / Math.exp(logScale);
            double sum = 0;
            for (double point : points) {
                sum += Math.log1p(factor * point);
            }
            return Math.abs(shape) < 1e-6
                    ? -points.length * (logScale + mean / Math.exp(logScale))
                    : -points.length * logScale - (1 + 1 / shape) * sum;
        }
    }

    private interface Curve {
        double at(double place);
    }

    /** Golden section search for the maximum of a unimodal function. */
    private static double best(Curve curve, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = curve.at(left);
        double atRight = curve.at(right);
        for (int step = 0; step < STEPS; step++) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = curve.at(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = curve.at(right);
            }
        }
        return (low + high) / 2;
    }

    private static double[] thinned(double[] ascending) {
        if (ascending.length <= MOST_POINTS) {
            return ascending;
        }
        double[] points = new double[MOST_POINTS];
        for (int i = 0; i < MOST_POINTS; i++) {
            points[i] = ascending[(int) ((2L * i + 1) * ascending.length / (2 * MOST_POINTS))];
        }
        return points;
    }

    private static double mean(double[] points) {
        double sum = 0;
        for (double point : points) {
            sum += point;
        }
        return points.length == 0 ? 0 : sum / points.length;
    }
}
