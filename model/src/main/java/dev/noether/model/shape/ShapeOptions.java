package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;

/**
 * How a shape view is trained.
 *
 * @param choice whether there is one
 * @param memory windows of an entity's own past that serve as further prototypes, in [0,
 *     {@value ShapeModel#MOST_MEMORY}]; 0 for none
 */
public record ShapeOptions(ShapeChoice choice, int memory) {
    /** No shape view. */
    public static final ShapeOptions OFF = of(ShapeChoice.OFF);

    /** Checks the parts. */
    public ShapeOptions {
        requireNonNull(choice, "choice");
        if (memory < 0 || memory > ShapeModel.MOST_MEMORY) {
            throw new IllegalArgumentException(
                    "`memory` must be in [0, " + ShapeModel.MOST_MEMORY + "] (got " + memory + ")");
        }
    }

    /** Without a memory. */
    public static ShapeOptions of(ShapeChoice choice) {
        return new ShapeOptions(choice, 0);
    }
}
