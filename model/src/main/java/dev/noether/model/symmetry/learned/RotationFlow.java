package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * Random motions along the exact flow of a {@link SkewGenerator}.
 *
 * @param generator what moves the rows
 * @param deviation standard deviation of the step ε, at least 0
 */
public record RotationFlow(SkewGenerator generator, double deviation) implements SymmetryFlow {

    /** Checks the deviation. */
    public RotationFlow {
        requireNonNull(generator, "generator");
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`deviation` must be finite and at least 0 (got %s)".formatted(deviation));
        }
    }

    /** The flow with steps as long as those between neighbours. */
    public static RotationFlow learned(SkewGenerator generator) {
        return new RotationFlow(generator, generator.spread());
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        generator.move(series, deviation * random.nextGaussian(), moved);
    }

    @Override
    public RotationFlow scaled(double strength) {
        return new RotationFlow(generator, SymmetryFlow.requireStrength(strength) * deviation);
    }
}
