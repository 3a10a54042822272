package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.kafka.KafkaAdministration;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.release.Announcer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * The transactions of a detector's scoring job that are neither committed nor aborted. Those of its {@link Announcer} are
 * not among them: they last a moment, and the next announcer ends them.
 */
public final class OpenTransactions {
    private OpenTransactions() {}

    /**
     * Aborts them, and waits for those that are just being committed. A job that still writes them restarts.
     *
     * @return their transactional ids
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer or rejects the request
     */
    public static List<String> abort(DetectorConfig config) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            try {
                List<String> open = list(kafka, config);
                if (!open.isEmpty()) {
                    kafka.await(kafka.admin().fenceProducers(open).all());
                }
                return open;
            } catch (ExecutionException e) {
                throw kafka.refusal(e);
            }
        }
    }

    /**
     * Returns their transactional ids.
     *
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer or rejects the request
     */
    public static List<String> list(DetectorConfig config) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            try {
                return list(kafka, config);
            } catch (ExecutionException e) {
                throw kafka.refusal(e);
            }
        }
    }

    private static List<String> list(KafkaAdministration kafka, DetectorConfig config) throws ExecutionException {
        String prefix = KafkaSinks.transactionalIds(config);
        String announcer = Announcer.transactionalId(config);
        return kafka.await(kafka.admin().listTransactions().all()).stream()
                .filter(one -> one.transactionalId().startsWith(prefix))
                .filter(one -> !one.transactionalId().equals(announcer))
                .filter(one -> isOpen(one.state()))
                .map(TransactionListing::transactionalId)
                .sorted()
                .toList();
    }

    private static boolean isOpen(TransactionState state) {
        return state == TransactionState.ONGOING
                || state == TransactionState.PREPARE_ABORT
                || state == TransactionState.PREPARE_COMMIT
                || state == TransactionState.PREPARE_EPOCH_FENCE;
    }
}
