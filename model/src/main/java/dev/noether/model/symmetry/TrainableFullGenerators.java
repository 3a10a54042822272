package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.List;

/** {@link FullGenerators} under training: the parameters are the matrices. */
final class TrainableFullGenerators extends TrainableDenseGenerators {

    TrainableFullGenerators(Engine engine, FullGenerators initial, int capacity) {
        super(engine, initial.width(), initial.count(), capacity, initial.matrices());
    }

    @Override
    public List<float[]> parameters() {
        return List.of(matrices());
    }

    @Override
    public List<float[]> gradients() {
        return List.of(matricesGradient());
    }

    @Override
    public void parametersChanged() {
        // No array is derived from the matrices.
    }

    @Override
    public Generators snapshot() {
        return new FullGenerators(width(), count(), matrices());
    }
}
