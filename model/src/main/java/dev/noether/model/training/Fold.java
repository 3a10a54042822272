package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;

/**
 * A stretch of a history and a model that was not fitted to it, so that what the model says of it is what it would say of
 * rows to come.
 *
 * @param from event time of its first row
 * @param to event time behind its last one
 * @param model judges it; baselines and calibration are not looked at
 */
record Fold(long from, long to, ModelArtifact model) {
    /** Whether a row of this event time belongs to it. */
    boolean holds(long time) {
        return time >= from && time < to;
    }
}
