package dev.noether.embedded;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics, and waits until clients can see them. */
final class TopicCreator {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private TopicCreator() {}

    static void createIfAbsent(String bootstrapServers, Topic... topics) {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis());
        List<String> names = Arrays.stream(topics).map(Topic::name).toList();
        try (Admin admin = Admin.create(settings)) {
            for (KafkaFuture<Void> creation : admin.createTopics(
                            Arrays.stream(topics).map(Topic::toNewTopic).toList())
                    .values()
                    .values()) {
                awaitIgnoring(TopicExistsException.class, creation);
            }
            awaitVisible(admin, names);
        } catch (ExecutionException exception) {
            throw new IllegalStateException(
                    "topics " + names + " were not created: " + exception.getCause(), exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics " + names + " were created", exception);
        }
    }

    /** Waits for the topics: the controller answers before the broker has applied the new metadata. */
    private static void awaitVisible(Admin admin, List<String> names) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!awaitIgnoring(
                UnknownTopicOrPartitionException.class,
                admin.describeTopics(names).allTopicNames())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "topics " + names + " were not visible within " + TIMEOUT.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Waits for a future. Returns true if it succeeded, false if it failed with the ignored exception. */
    private static boolean awaitIgnoring(Class<? extends Exception> ignored, KafkaFuture<?> future)
            throws ExecutionException, InterruptedException {
        try {
            future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException exception) {
            if (ignored.isInstance(exception.getCause())) {
                return false;
            }
            throw exception;
        } catch (java.util.concurrent.TimeoutException exception) {
            throw new IllegalStateException("no answer from Kafka within " + TIMEOUT.toSeconds() + " s", exception);
        }
    }
}
