package dev.noether.model.schedule;

import java.util.Arrays;

/** Robust figures of numbers. */
final class Spread {
    /** The median of absolute values of a normal distribution of deviation 1, inverted. */
    private static final double PER_MEDIAN = 1.4826;

    private Spread() {}

    /** The median; NaN if there are no numbers. Sorts the first {@code count} numbers. */
    static double median(double[] numbers, int count) {
        if (count == 0) {
            return Double.NaN;
        }
        Arrays.sort(numbers, 0, count);
        return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
    }

    /** The standard deviation of normal noise around 0 with the same median size. Changes the first numbers. */
    static double aroundZero(double[] numbers, int count) {
        for (int i = 0; i < count; i++) {
            numbers[i] = Math.abs(numbers[i]);
        }
        return count == 0 ? 0 : PER_MEDIAN * median(numbers, count);
    }

    /** About the mean of the largest of so many normal numbers, in standard deviations (Blom 1958). */
    static double expectedLargest(int count) {
        return count <= 1 ? 0 : quantile((count - 0.375) / (count + 0.25));
    }

    /** The quantile of the normal distribution; error below 5e-4 (Abramowitz and Stegun, 26.2.23). */
    private static double quantile(double share) {
        double t = Math.sqrt(-2 * Math.log(1 - share));
        return t
                - (2.515517 + 0.802853 * t + 0.010328 * t * t)
                        / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    }
}
