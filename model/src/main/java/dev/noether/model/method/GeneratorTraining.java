package dev.noether.model.method;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.gradient.Adam;
import dev.noether.model.symmetry.PenaltyOptions;
import dev.noether.model.symmetry.TrainableGenerators;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The training of symmetry generators: their parameters, and the optimiser's moments. The number of generators is the
 * number of units of the code, as in the paper.
 */
final class GeneratorTraining {
    private final TrainableGenerators trainable;
    private final List<float[]> parameters;
    private final List<float[]> gradients;
    private final List<Adam.Moments> moments = new ArrayList<>();

    GeneratorTraining(
            Engine engine, AutoencoderShape shape, PenaltyOptions options, int capacity, RandomGenerator random) {
        this.trainable = options.structure()
                .initialised(shape.inputWidth(), shape.codeSize(), options.rank(), random)
                .trainable(engine, capacity);
        this.parameters = trainable.parameters();
        this.gradients = trainable.gradients();
        for (float[] array : parameters) {
            moments.add(new Adam.Moments(array.length));
        }
    }

    TrainableGenerators trainable() {
        return trainable;
    }

    /** Updates the parameters along the gradients of the last evaluation of the penalty. */
    void update(Adam adam) {
        for (int index = 0; index < parameters.size(); index++) {
            adam.update(parameters.get(index), gradients.get(index), moments.get(index));
        }
        trainable.parametersChanged();
    }
}
