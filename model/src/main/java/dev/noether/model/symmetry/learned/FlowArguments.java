package dev.noether.model.symmetry.learned;

/** The checks of the arguments that all flows have in common. */
final class FlowArguments {
    private FlowArguments() {}

    /**
     * Returns the strength of a flow.
     *
     * @throws IllegalArgumentException if it is not finite and above 0
     */
    static double requireStrength(double strength) {
        if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`strength` must be finite and above 0 (got " + strength + ")");
        }
        return strength;
    }

    /**
     * Refuses a standard deviation.
     *
     * @throws IllegalArgumentException if it is not finite and at least 0
     */
    static void requireDeviation(double deviation) {
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`deviation` must be finite and at least 0 (got " + deviation + ")");
        }
    }
}
