package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * Random motions of the values along a {@link ValueGenerator}, computed exactly.
 *
 * @param generator the generator of the motions
 * @param deviation standard deviation of the weight, at least 0; its unit is that of the values for an offset, and of
 *     their logarithm for an amplitude
 */
public record ValueFlow(ValueGenerator generator, double deviation) implements SymmetryFlow {

    /** Checks the deviation. */
    public ValueFlow {
        requireNonNull(generator, "generator");
        FlowArguments.requireDeviation(deviation);
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        generator.move(series, deviation * random.nextGaussian(), moved);
    }

    @Override
    public ValueFlow scaled(double strength) {
        return new ValueFlow(generator, FlowArguments.requireStrength(strength) * deviation);
    }
}
