package dev.noether.model.numeric;

/**
 * A confidence interval, both ends included.
 *
 * @param lower its lower end
 * @param upper its upper end
 */
public record ConfidenceInterval(double lower, double upper) {
    /** Whether the value lies in the interval. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
