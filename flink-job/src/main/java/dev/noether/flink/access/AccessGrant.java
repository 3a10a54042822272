package dev.noether.flink.access;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.KafkaAdministration;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** The creation of rules that grant rights. Stateless; thread safe. */
public final class AccessGrant {
    private AccessGrant() {}

    /**
     * Grants rights to a principal, from every host. Rules that exist stay. This user needs ALTER on the cluster.
     *
     * @param principal who gets them, such as {@code User:score}
     * @throws TopicException if Kafka does not answer, has no authorizer, or denies it
     */
    public static void create(DetectorConfig config, List<AccessRight> rights, String principal) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            kafka.await(kafka.admin()
                    .createAcls(rights.stream()
                            .map(right -> right.binding(principal))
                            .toList())
                    .all());
        } catch (ExecutionException e) {
            throw failure(config, e);
        }
    }

    private static TopicException failure(DetectorConfig config, ExecutionException e) {
        String at = "Kafka at " + config.kafka().bootstrapServers();
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        return new TopicException(List.of(
                cause instanceof SecurityDisabledException
                        ? at + " has no authorizer: every client may do everything; set authorizer.class.name of the"
                                + " brokers first"
                        : at + " creates no rules: this user needs ALTER on the cluster (" + cause.getMessage() + ")"));
    }
}
