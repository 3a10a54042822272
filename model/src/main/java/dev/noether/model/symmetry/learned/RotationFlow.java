package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * Random motions along an {@link EstimatedRotation}, computed exactly.
 *
 * @param rotation the rotation that moves the rows
 * @param deviation standard deviation of the step ε, at least 0
 */
public record RotationFlow(EstimatedRotation rotation, double deviation) implements SymmetryFlow {

    /** Checks the deviation. */
    public RotationFlow {
        requireNonNull(rotation, "rotation");
        FlowArguments.requireDeviation(deviation);
    }

    /** The flow whose steps have the size of the steps between neighbours. */
    public static RotationFlow learned(EstimatedRotation rotation) {
        return new RotationFlow(rotation, rotation.spread());
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        rotation.move(series, deviation * random.nextGaussian(), moved);
    }

    @Override
    public RotationFlow scaled(double strength) {
        return new RotationFlow(rotation, FlowArguments.requireStrength(strength) * deviation);
    }
}
