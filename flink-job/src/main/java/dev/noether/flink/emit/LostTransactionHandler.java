package dev.noether.flink.emit;

import java.io.Serializable;
import org.slf4j.LoggerFactory;

/**
 * Called by a sink when Kafka answers that a transaction cannot be committed: its id is forgotten, its producer was
 * replaced, or it was aborted. The records of the transaction are in the topic if it was committed earlier; otherwise
 * they are lost. Called in the thread of the sink's task: implementations return at once.
 */
@FunctionalInterface
public interface LostTransactionHandler extends Serializable {
    /** Logs each call. */
    LostTransactionHandler LOGGING = lost -> {
        LoggerFactory.getLogger(LostTransactionHandler.class).error("{}", lost.message());
        return true;
    };

    /**
     * A transaction that cannot be committed.
     *
     * @param sink name of the sink: scores, incidents or rejected
     * @param transactionalId Kafka's id of the transaction
     * @param reason answer of the broker
     * @param restoredCheckpoint number of the checkpoint that the job was restored from; -1 if there is none
     * @param isFirst whether this sink has committed nothing since its start, so that the transaction may be the
     *     restored one
     */
    record LostTransaction(
            String sink, String transactionalId, String reason, long restoredCheckpoint, boolean isFirst) {
        /** The fault in words. */
        public String message() {
            return "The transaction " + transactionalId + " of the sink " + sink + " cannot be committed: " + reason
                    + ".";
        }
    }

    /**
     * Handles a transaction that cannot be committed.
     *
     * @return whether it counts as a failure; false if it was expected
     */
    boolean handle(LostTransaction lost);
}
