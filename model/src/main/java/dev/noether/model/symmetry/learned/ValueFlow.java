package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * Random motions of the values along the exact flow of a {@link ValueChange}.
 *
 * @param change what changes
 * @param deviation standard deviation of the weight, at least 0: in units of the values for an offset, of their logarithm
 *     for an amplitude
 */
public record ValueFlow(ValueChange change, double deviation) implements SymmetryFlow {

    /** Checks the deviation. */
    public ValueFlow {
        requireNonNull(change, "change");
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`deviation` must be finite and at least 0 (got %s)".formatted(deviation));
        }
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        change.move(series, deviation * random.nextGaussian(), moved);
    }

    @Override
    public ValueFlow scaled(double strength) {
        return new ValueFlow(change, SymmetryFlow.requireStrength(strength) * deviation);
    }
}
