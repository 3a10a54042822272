package dev.noether.schemas;

/**
 * Why a training started. The codec writes the position of a constant in the Avro schema: the order must not change.
 */
public enum TrainingCause {
    /** The interval since the last training has passed. */
    SCHEDULE,
    /** One or more trainings were missed while no retrainer ran; they are caught up by one. */
    MISSED,
    /** Somebody asked for it. */
    REQUEST,
    /** The observations or their scores have changed. */
    DRIFT,
    /** A cause that this version does not know. */
    OTHER
}
