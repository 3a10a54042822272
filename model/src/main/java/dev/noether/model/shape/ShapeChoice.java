package dev.noether.model.shape;

/** Whether a detector uses the shape view. */
public enum ShapeChoice {
    /** If the training history repeats clearly enough. */
    AUTO,
    /** If the training history has a period at all. */
    ON,
    /** Never. */
    OFF
}
