package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/** A training method with its settings: the penalty that each step adds to the reconstruction error. */
public interface TrainingMethod {

    /**
     * Prepares the method for the steps of one training; allocates everything that its steps need.
     *
     * @param engine the engine of the matrix products
     * @param network the network before training
     * @param batchSize largest number of rows of a step
     * @param random source of the initial values of the method's own parameters
     */
    MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random);
}
