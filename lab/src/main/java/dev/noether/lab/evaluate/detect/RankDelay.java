package dev.noether.lab.evaluate.detect;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.shape.ShapeModel;
import java.util.OptionalInt;

/** The delay of the second ranking of this detector: one period of its shape view. */
final class RankDelay {
    private RankDelay() {}

    /**
     * Returns the period, in rows, with which a model judges the shape of an entity's signal; empty without a shape
     * view.
     */
    static OptionalInt of(ModelArtifact model, String entity) {
        ShapeModel shape = model.shape();
        if (shape == null) {
            return OptionalInt.empty();
        }
        ShapeModel.Member member = shape.entities().get(entity);
        int group = member == null ? 0 : member.group();
        return OptionalInt.of(shape.groups().get(group).period().rows());
    }
}
