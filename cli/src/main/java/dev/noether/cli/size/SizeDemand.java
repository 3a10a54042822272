package dev.noether.cli.size;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;

/**
 * What a detector has to do.
 *
 * @param detector features, window, history and the other settings
 * @param entities number of entities
 * @param rate observations in a second, over all entities
 * @param format format of the observations
 * @param storage how Kafka keeps records
 */
public record SizeDemand(DetectorConfig detector, long entities, double rate, SourceFormat format, Storage storage) {
    public SizeDemand {
        if (entities < 1) {
            throw new IllegalArgumentException("`--entities` must be at least 1 (got " + entities + ")");
        }
        if (!(rate > 0 && rate <= 1e9)) {
            throw new IllegalArgumentException("`--rate` must be in (0, 1e9] (got " + rate + ")");
        }
    }

    /**
     * How Kafka keeps records.
     *
     * @param retention time for which observations and scores are kept
     * @param replication copies of each record
     */
    public record Storage(Duration retention, int replication) {
        public Storage {
            if (retention.isNegative() || retention.isZero()) {
                throw new IllegalArgumentException("`--retention` must be positive (got " + retention + ")");
            }
            if (replication < 1 || replication > 10) {
                throw new IllegalArgumentException("`--replication` must be in [1, 10] (got " + replication + ")");
            }
        }
    }

    int features() {
        return detector.features().size();
    }
}
