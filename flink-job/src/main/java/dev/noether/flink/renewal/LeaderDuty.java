package dev.noether.flink.renewal;

import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelsRecord;
import java.time.Duration;
import java.util.List;

/**
 * What the leader of a detector watches, also while it trains. One instance serves one leadership: it is made when the
 * process begins to lead, and closed when it leads no more. One thread uses it.
 */
public interface LeaderDuty extends AutoCloseable {
    /** Time from one look to the next. */
    Duration interval();

    /**
     * Looks, and says what to announce. The records are written in one transaction, if the topic has not changed since;
     * otherwise this is called again. A {@link dev.noether.schemas.TrainingRequest} makes the leader train.
     *
     * @param known what the models topic says
     * @return records of this detector; empty for none
     */
    List<ModelsRecord> look(ModelsTopicContent known);

    /** Closes what the duty has opened. Called once, after the last look, by the thread that looks. */
    @Override
    default void close() {}
}
