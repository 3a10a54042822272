package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.schemas.Incident;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * How a start of the scoring job writes only what the output topics do not contain yet. Immutable.
 *
 * <p>If the job starts from a checkpoint, the checkpoint decides where it reads from, and {@code starts} is empty.
 */
public final class RecoveryPlan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A start without a recovery: the filters pass every record on, or continue with the plan in their state. */
    public static final RecoveryPlan NONE = new RecoveryPlan(CommittedOffsets.NONE, KnownIncidents.NONE, Map.of(), -1);

    /** So many windows of each entity are read again before the first offset without a result. */
    private static final int WINDOWS = 4;

    private final CommittedOffsets committed;
    private final KnownIncidents incidents;
    private final TreeMap<Integer, Long> starts;
    private final long abandonedCheckpoint;

    private RecoveryPlan(
            CommittedOffsets committed, KnownIncidents incidents, Map<Integer, Long> starts, long abandonedCheckpoint) {
        this.committed = committed;
        this.incidents = incidents;
        this.starts = new TreeMap<>(starts);
        this.abandonedCheckpoint = abandonedCheckpoint;
    }

    /**
     * Returns the plan of a start from a checkpoint.
     *
     * @param checkpoint number of the checkpoint; the transactions in its state are expected to have ended
     */
    public static RecoveryPlan fromCheckpoint(OutputAudit audit, long checkpoint) {
        return new RecoveryPlan(audit.committed(), new KnownIncidents(audit.incidents(), false), Map.of(), checkpoint);
    }

    /** Returns the plan of a start with empty state, early enough to fill the windows of the entities. */
    public static RecoveryPlan withEmptyState(OutputAudit audit, DetectorConfig config) {
        Map<Integer, Long> starts = new TreeMap<>();
        for (PartitionAudit partition : audit.partitions()) {
            long rows = (long) WINDOWS * config.contextRows() * partition.entities();
            starts.put(partition.partition(), Math.max(partition.from(), partition.firstWithout() - rows));
        }
        return new RecoveryPlan(audit.committed(), new KnownIncidents(audit.incidents(), true), starts, -1);
    }

    /** Where a start with empty state begins to read. */
    public StartingPoint start(DetectorConfig config) {
        return starts.isEmpty()
                ? new StartingPoint.Earliest()
                : new StartingPoint.Offsets(config.topics().observations(), starts);
    }

    /** Number of the checkpoint whose transactions must not be committed; -1 if there is none. */
    public long abandonedCheckpoint() {
        return abandonedCheckpoint;
    }

    /** Makes the operator before the sink of scores. */
    public OneInputStreamOperator<Score, Score> scoreFilter() {
        return new RepeatedRecordFilter<>(new ScorePlace(), committed);
    }

    /** Makes the operator before the sink of rejected records. */
    public OneInputStreamOperator<Rejected, Rejected> rejectedFilter() {
        return new RepeatedRecordFilter<>(new RejectedPlace(), committed);
    }

    /** Makes the operator before the sink of incidents. */
    public OneInputStreamOperator<Incident, Incident> incidentFilter(DetectorConfig config) {
        long slack = 2 * config.incidents().groupInterval().toMillis()
                + config.entities().disorder().toMillis()
                + config.incidents().quiet().toMillis();
        return new RepeatedIncidentFilter(incidents, slack);
    }

    private static final class ScorePlace implements RepeatedRecordFilter.Place<Score> {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(Score score) {
            return score.sourcePartition();
        }

        @Override
        public long offset(Score score) {
            return score.sourceOffset();
        }
    }

    private static final class RejectedPlace implements RepeatedRecordFilter.Place<Rejected> {
        private static final long serialVersionUID = 1L;

        @Override
        public int partition(Rejected rejected) {
            return rejected.partition();
        }

        @Override
        public long offset(Rejected rejected) {
            return rejected.offset();
        }
    }
}
