package dev.noether.model.method;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/** One of the methods of Table 1 or of the controls beside them, with its settings: what a training does beside reconstructing. */
public sealed interface TrainingMethod
        permits Plain, Denoising, Contractive, LieFirstOrder, LieSecondOrder, LatentSmoothness, NoiseAugmentation {

    /**
     * Makes the method ready to take part in the steps of a training; everything it needs is allocated here.
     *
     * @param network the network that training starts from
     * @param batchSize largest number of rows of a step
     * @param random for what the method itself starts from
     */
    MethodStep step(Engine engine, Autoencoder network, int batchSize, RandomGenerator random);
}
