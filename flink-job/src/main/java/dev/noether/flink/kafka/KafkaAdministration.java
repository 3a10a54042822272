package dev.noether.flink.kafka;

import dev.noether.flink.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's administration client, with a time limit and with one-line errors. Thread safe. */
public final class KafkaAdministration implements AutoCloseable {
    private final Admin admin;
    private final KafkaConfig kafka;
    private final String bootstrapServers;
    private final Duration timeout;

    /**
     * Creates a client. Does not connect to Kafka yet.
     *
     * @throws TopicException if an address cannot be resolved or a client setting is wrong
     */
    public KafkaAdministration(KafkaConfig kafka, Duration timeout) {
        this.kafka = kafka;
        this.bootstrapServers = kafka.bootstrapServers();
        this.timeout = timeout;
        Properties properties = kafka.clientProperties();
        String millis = Long.toString(timeout.toMillis());
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            throw new TopicException(
                    List.of("no Kafka client can be created for " + bootstrapServers + ": " + root(e)));
        }
    }

    /** The client. */
    public Admin admin() {
        return admin;
    }

    /**
     * Waits for an answer.
     *
     * @throws ExecutionException if Kafka answers with an error
     * @throws TopicException if no broker answers in time, if Kafka does not let this client in, or if the thread is
     *     interrupted
     */
    public <T> T await(Future<T> answer) throws ExecutionException {
        try {
            // A little longer than the client's own limit, whose error message is more precise.
            return answer.get(timeout.toMillis() + 2_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw noAnswer();
            }
            if (e.getCause() instanceof AuthenticationException) {
                throw refusal(e);
            }
            throw e;
        } catch (java.util.concurrent.TimeoutException e) {
            throw noAnswer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException(List.of("interrupted while waiting for Kafka at " + bootstrapServers));
        }
    }

    /** Returns an exception with the reason for which Kafka rejected a request. */
    public TopicException refusal(ExecutionException e) {
        return AccessProblem.of(e)
                .<TopicException>map(
                        problem -> new AccessException(List.of("Kafka at " + bootstrapServers + ": " + problem)))
                .orElseGet(() -> new TopicException(
                        List.of("Kafka at " + bootstrapServers + " rejects the request: " + root(e))));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private TopicException noAnswer() {
        return new TopicException(List.of("no Kafka broker answers at " + bootstrapServers + " within "
                + timeout.toSeconds() + " s" + PortProbe.reason(kafka)));
    }

    private static String root(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
