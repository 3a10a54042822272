package dev.noether.lab.peers;

import dev.noether.lab.metric.DominantPeriod;

/** The period of a feature in its training rows: the window length of the peers that judge windows of one period. */
final class TrainingPeriod {
    private TrainingPeriod() {}

    /**
     * Estimates the period.
     *
     * @param values values of one feature, finite, in the order of time
     * @return period in rows, at least 2
     */
    static int of(float[] values) {
        return DominantPeriod.of(values);
    }
}
