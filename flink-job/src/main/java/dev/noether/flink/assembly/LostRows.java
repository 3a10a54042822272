package dev.noether.flink.assembly;

import dev.noether.flink.emit.LostTransactionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a transaction of an import that cannot be committed, and what helps. Immutable; thread safe.
 *
 * @param detector name of the detector
 * @param topic topic of the observations
 */
public record LostRows(String detector, String topic) implements LostTransactionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LostRows.class);

    @Override
    public boolean handle(LostTransaction lost) {
        LOG.error(
                "Import of detector {}: {} If it was committed before, nothing is lost; otherwise observations of one "
                        + "checkpoint interval are missing in the topic {}. To write them again, stop the import, and start "
                        + "it with another `checkpoints.directory` and another `topics.observations`. A larger "
                        + "`checkpoints.transactionTimeout` keeps transactions over a longer pause of the import.",
                detector,
                lost.message(),
                topic);
        return true;
    }
}
