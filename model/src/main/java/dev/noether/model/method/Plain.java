package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/** The plain autoencoder: the mean squared error of the reconstruction without a penalty. */
public record Plain() implements TrainingMethod {

    @Override
    public MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random) {
        return new Step();
    }

    private static final class Step implements MethodStep {}
}
