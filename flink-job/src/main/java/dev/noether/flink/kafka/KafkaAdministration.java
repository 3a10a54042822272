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
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's administration with bounded waiting, and with one clear line where there is no answer. */
final class KafkaAdministration implements AutoCloseable {
    private final Admin admin;
    private final String bootstrapServers;
    private final Duration timeout;

    /**
     * Makes a client; does not yet talk to Kafka.
     *
     * @throws TopicException if an address cannot be resolved or a client setting is wrong
     */
    KafkaAdministration(KafkaConfig kafka, Duration timeout) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.timeout = timeout;
        Properties properties = kafka.clientProperties();
        String millis = Long.toString(timeout.toMillis());
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            throw new TopicException(List.of("no Kafka client can be made for " + bootstrapServers + ": " + root(e)));
        }
    }

    Admin admin() {
        return admin;
    }

    /**
     * Waits for an answer.
     *
     * @throws ExecutionException if Kafka answers with an error that has a type of its own
     * @throws TopicException if no broker answers in time, or the thread is interrupted
     */
    <T> T await(Future<T> answer) throws ExecutionException {
        try {
            // A moment more than the client's own limit, whose error says more.
            return answer.get(timeout.toMillis() + 2_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw noAnswer();
            }
            throw e;
        } catch (java.util.concurrent.TimeoutException e) {
            throw noAnswer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException(List.of("interrupted while waiting for Kafka at " + bootstrapServers));
        }
    }

    /** What Kafka refused, as a problem. */
    TopicException refusal(ExecutionException e) {
        return new TopicException(List.of("Kafka at " + bootstrapServers + " refuses: " + root(e)));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private TopicException noAnswer() {
        return new TopicException(
                List.of("no Kafka broker answers at " + bootstrapServers + " within " + timeout.toSeconds() + " s"));
    }

    private static String root(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
