package dev.noether.lab.chaos.audit;

import dev.noether.lab.chaos.audit.ObservationIndex.Expected;
import org.jspecify.annotations.Nullable;

/**
 * Whether each record of the observations topic became exactly what it must.
 *
 * @param observations records of the topic
 * @param bad records that are surely no observations
 * @param lost records without an outcome
 * @param doubled outcomes beyond the first one of a record
 * @param wrong observations that were rejected, and bad records that were scored
 * @param late observations of the steady load that were not scored because they came late: they never do
 * @param unexpected outcomes without a record
 * @param lostByTheLoad observations that the load itself lost
 * @param doubledByTheLoad observations that the load itself doubled
 */
public record DeliveryCheck(
        long observations,
        long bad,
        long lost,
        long doubled,
        long wrong,
        long late,
        long unexpected,
        long lostByTheLoad,
        long doubledByTheLoad) {
    /** Compares both sides. */
    public static DeliveryCheck of(ObservationIndex observations, OutcomeIndex outcomes) {
        long lost = 0;
        long doubled = 0;
        long wrong = 0;
        long late = 0;
        long[] ends = observations.ends();
        for (int partition = 0; partition < ends.length; partition++) {
            for (int offset = 0; offset < ends[partition]; offset++) {
                @Nullable Expected expected = observations.expected(partition, offset);
                if (expected == null) {
                    continue;
                }
                late += expected == Expected.SCORE && outcomes.isLate(partition, offset) ? 1 : 0;
                int scores = outcomes.scores(partition, offset);
                int rejections = outcomes.rejections(partition, offset);
                if (scores + rejections == 0) {
                    lost++;
                } else {
                    doubled += scores + rejections - 1;
                }
                wrong += expected == Expected.SCORE && rejections > 0 || expected == Expected.REJECTION && scores > 0
                        ? 1
                        : 0;
            }
        }
        return new DeliveryCheck(
                observations.size(),
                observations.bad(),
                lost,
                doubled,
                wrong,
                late,
                outcomes.unexpected(),
                observations.lostByTheLoad(),
                observations.doubledByTheLoad());
    }

    /** Whether everything is there, once, as it must be. */
    public boolean isSound() {
        return lost + doubled + wrong + late + unexpected + lostByTheLoad + doubledByTheLoad == 0;
    }
}
