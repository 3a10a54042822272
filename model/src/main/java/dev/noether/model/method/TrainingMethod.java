package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/** A training method with its settings: what each step adds to the reconstruction error. */
public interface TrainingMethod {

    /**
     * Makes the method ready to take part in the steps of a training; everything it needs is allocated here.
     *
     * @param network the network that training starts from
     * @param batchSize largest number of rows of a step
     * @param random for what the method itself starts from
     */
    MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random);
}
