package dev.noether.lab.metric;

import java.util.Set;

/**
 * A labelled event with the features that caused it, as the data set's authors see it.
 *
 * @param event the rows
 * @param features indices from 0, at least one
 */
public record EventCauses(LabelledEvent event, Set<Integer> features) {
    /**
     * Checks and copies.
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
