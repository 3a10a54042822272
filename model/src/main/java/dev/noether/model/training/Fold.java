package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;

/**
 * A time range of a history, and a model that was not fitted to its rows. The model's residuals in this range are
 * therefore like those of future rows.
 *
 * @param from event time, inclusive
 * @param to event time, exclusive
 * @param model judges the rows of the range; its baselines and calibration are not used
 */
record Fold(long from, long to, ModelArtifact model) {
    /** Whether a row of this event time belongs to the fold. */
    boolean contains(long time) {
        return time >= from && time < to;
    }
}
