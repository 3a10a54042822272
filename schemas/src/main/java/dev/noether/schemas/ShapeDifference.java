package dev.noether.schemas;

/**
 * The kind of difference between a window of a signal that repeats and the nearest normal one. Both the Avro schema and
 * the state of the incident tracker store the position of a constant: the order must not change.
 */
public enum ShapeDifference {
    /** The window lies higher or lower. */
    OFFSET,
    /** The window rises or falls more. */
    TREND,
    /** The swings are larger or smaller. */
    AMPLITUDE,
    /** The window comes later or earlier. */
    SHIFT,
    /** The window is wider or narrower. */
    WIDTH,
    /** Parts of the window come earlier and others later. */
    TIMING,
    /** None of these explains the difference: the window has another shape. */
    SHAPE,
    /** A kind that a later version added. */
    OTHER
}
