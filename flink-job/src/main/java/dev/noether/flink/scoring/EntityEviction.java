package dev.noether.flink.scoring;

import dev.noether.flink.entity.EntityLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enforces {@code entities.max}: if there are more entities, it removes the states of the least recently seen, counts
 * them, and warns once. Not thread safe.
 */
final class EntityEviction {
    private static final Logger LOG = LoggerFactory.getLogger(EntityEviction.class);

    private final String detector;
    private final EntityLimit<EntityState> limit;
    private final ScoringMetrics metrics;

    EntityEviction(String detector, EntityLimit<EntityState> limit, ScoringMetrics metrics) {
        this.detector = detector;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Removes entities beyond the limit. No row may be pending, and all states must be in the backend. */
    void enforce() {
        if (!limit.isExceeded()) {
            return;
        }
        boolean isFirst = metrics.entitiesEvicted.getCount() == 0;
        metrics.entitiesEvicted.inc(limit.makeRoom((entity, state) -> {}));
        if (isFirst) {
            LOG.warn(
                    "Detector {} has more entities than this subtask's share of `entities.max`, {}. It removes the"
                            + " states of the least recently seen entities; they warm up again when they come back.",
                    detector,
                    limit.most());
        }
    }
}
