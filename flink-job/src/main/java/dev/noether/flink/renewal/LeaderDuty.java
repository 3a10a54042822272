package dev.noether.flink.renewal;

import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelsRecord;
import java.time.Duration;
import java.util.List;

/** What the leader of a detector watches, also while it trains. One thread uses it at a time. */
public interface LeaderDuty {
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
}
