package dev.noether.model.numeric;

/**
 * The regularized incomplete beta function I(x; a, b), the distribution function of the beta distribution, and its
 * inverse. The binomial and Student's distribution functions can be expressed by it (NIST Digital Library of
 * Mathematical Functions, section 8.17).
 *
 * <p>Relative accuracy is about 1e-12 for parameters up to thousands, and about 1e-9 for parameters of millions.
 * Arguments are not checked. Stateless and thread-safe.
 */
public final class IncompleteBeta {
    private static final int MOST_TERMS = 100_000;
    private static final double TINY = 1e-300;
    private static final int STIRLING_FROM = 12;

    private IncompleteBeta() {}

    /** I(x; a, b) for x in [0, 1], a and b above 0. */
    static double value(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        // The continued fraction converges fast below the mean. Above the mean the other tail is computed.
        return x < (a + 1) / (a + b + 2) ? tail(x, a, b) : 1 - tail(1 - x, b, a);
    }

    /** The x with I(x; a, b) = probability, by bisection to the precision of {@code double}. */
    public static double quantile(double probability, double a, double b) {
        double low = 0;
        double high = 1;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (value(middle, a, b) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** xᵃ(1 − x)ᵇ / (a B(a, b)) times the continued fraction 8.17.22, evaluated by the modified Lentz method. */
    private static double tail(double x, double a, double b) {
        double logFactor = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
        double numerators = 1;
        double denominators = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double fraction = denominators;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            denominators = 1 / nonZero(1 + even * denominators);
            numerators = nonZero(1 + even / numerators);
            fraction *= denominators * numerators;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            denominators = 1 / nonZero(1 + odd * denominators);
            numerators = nonZero(1 + odd / numerators);
            fraction *= denominators * numerators;
            if (Math.abs(denominators * numerators - 1) < Math.ulp(4.0)) {
                break;
            }
        }
        return Math.exp(logFactor) * fraction / a;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series (5.11.1), after shifting small arguments up by Γ(x + 1) = x Γ(x). */
    static double logGamma(double x) {
        double product = 1;
        double shifted = x;
        while (shifted < STIRLING_FROM) {
            product *= shifted;
            shifted++;
        }
        double square = 1 / (shifted * shifted);
        double series = (1.0 / 12
                        - square
                                * (1.0 / 360
                                        - square
                                                * (1.0 / 1260
                                                        - square
                                                                * (1.0 / 1680
                                                                        - square
                                                                                * (1.0 / 1188
                                                                                        - square * 691.0 / 360_360)))))
                / shifted;
        return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
    }
}
