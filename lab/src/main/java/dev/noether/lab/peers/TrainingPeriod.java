package dev.noether.lab.peers;

import dev.noether.lab.metric.DominantPeriod;
import dev.noether.model.shape.PeriodEstimator;
import java.util.List;

/**
 * The period of a feature in its training rows: the window length of the peers that judge windows of one period. Noether
 * measures it in the same way. Without a period it is that of {@link DominantPeriod}.
 */
final class TrainingPeriod {
    private TrainingPeriod() {}

    /**
     * Estimates the period.
     *
     * @param values values of one feature, finite, in the order of time
     * @return period in rows, at least 2
     */
    static int of(float[] values) {
        int period = PeriodEstimator.of(List.of(values)).rows();
        return period > 0 ? period : DominantPeriod.of(values);
    }
}
