package dev.noether.lab.metric;

import java.util.Set;

/**
 * A labelled event with the features that caused it, according to the authors of the data set.
 *
 * @param event rows of the event
 * @param features indices of the features from 0, at least one
 */
public record EventCauses(LabelledEvent event, Set<Integer> features) {
    /**
     * Checks and copies the features.
     *
     * @throws IllegalArgumentException if no feature is given
     */
    public EventCauses {
        if (features.isEmpty()) {
            throw new IllegalArgumentException("`features` must not be empty (got none for " + event + ")");
        }
        features = Set.copyOf(features);
    }
}
