package dev.noether.schemas;

/**
 * The outcome of a training. The codec writes the position of a constant in the Avro schema: the order must not change.
 */
public enum TrainingOutcome {
    /** The training has not ended, or its process was killed. */
    RUNNING,
    /** A model was trained and is announced: it scores, or scores in shadow first. */
    PROMOTED,
    /** A model was trained, and the gate refused it. */
    REFUSED,
    /** No model can be made of the observations. */
    NO_MODEL,
    /** Kafka, the store or the training failed. */
    FAILED,
    /** An outcome that this version does not know. */
    OTHER
}
