package dev.noether.flink.kafka;

import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The brokers' limit on the timeout of transactions. A producer that asks for more is refused. */
public final class TransactionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionLimit.class);
    private static final String LIMIT = "transaction.max.timeout.ms";

    private TransactionLimit() {}

    /**
     * Returns the configuration with a transaction timeout that all brokers accept. A timeout that had to be lowered
     * is logged, and so is a limit that cannot be read.
     *
     * @throws TopicException if Kafka does not answer
     */
    public static DetectorConfig fit(DetectorConfig config) {
        if (!config.exactlyOnce()) {
            return config;
        }
        String key = CheckpointSection.TRANSACTION_TIMEOUT.key();
        Duration wanted = config.checkpoints().transactionTimeout();
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            OptionalLong limit = limit(kafka);
            if (limit.isEmpty() || wanted.toMillis() <= limit.getAsLong()) {
                return config;
            }
            Duration allowed = Duration.ofMillis(limit.getAsLong());
            LOG.warn(
                    "{} is {}, but the broker allows {} ({}). The job uses {}: scores of a checkpoint that are not "
                            + "committed within this time need `recover`. Raise {} of the brokers.",
                    key,
                    wanted,
                    allowed,
                    LIMIT,
                    allowed,
                    LIMIT);
            return config.with(CheckpointSection.TRANSACTION_TIMEOUT, allowed);
        } catch (ExecutionException e) {
            LOG.warn(
                    "{} of the brokers cannot be read ({}). It must be at least {}, the value of {}, or the job cannot "
                            + "write.",
                    LIMIT,
                    String.valueOf(e.getCause()),
                    wanted.toMillis(),
                    key);
            return config;
        }
    }

    private static OptionalLong limit(KafkaAdministration kafka) throws ExecutionException {
        Collection<Node> nodes = kafka.await(kafka.admin().describeCluster().nodes());
        List<ConfigResource> brokers = nodes.stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        Map<ConfigResource, Config> settings =
                kafka.await(kafka.admin().describeConfigs(brokers).all());
        return settings.values().stream()
                .map(config -> config.get(LIMIT))
                .filter(entry -> entry != null && entry.value() != null)
                .map(ConfigEntry::value)
                .mapToLong(Long::parseLong)
                .min();
    }
}
