package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of a detector with the settings that {@link TopicCheck} requires. Stateless; thread safe. */
public final class TopicSetup {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private TopicSetup() {}

    /**
     * Creates the missing topics, and returns when clients can see them; existing ones are not changed.
     *
     * @param config configuration of the detector
     * @param partitions number of partitions of the topics of observations and of scores; the others have one
     * @param replication number of replicas of each partition
     * @return names of the created topics
     * @throws TopicException if Kafka does not answer or rejects the request
     */
    public static List<String> create(DetectorConfig config, int partitions, short replication) {
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException("`partitions` and `replication` must be at least 1 (got " + partitions
                    + " and " + replication + ")");
        }
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            Map<String, KafkaFuture<Void>> answers = kafka.admin()
                    .createTopics(TopicPlan.all(config).stream()
                            .map(plan -> plan.newTopic(partitions, replication))
                            .toList())
                    .values();
            List<String> created = new ArrayList<>();
            for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
                if (isCreated(answer.getValue(), kafka)) {
                    created.add(answer.getKey());
                }
            }
            awaitVisible(created, kafka);
            return List.copyOf(created);
        }
    }

    /** The controller answers before the brokers know the topics: a client that reads at once would see none. */
    private static void awaitVisible(List<String> topics, KafkaAdministration kafka) {
        long deadline = System.nanoTime() + TopicCheck.TIMEOUT.toNanos();
        while (!isVisible(topics, kafka) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isVisible(List<String> topics, KafkaAdministration kafka) {
        try {
            return kafka.await(kafka.admin().describeTopics(topics).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            // Who may create topics need not have the right to see them.
            return !(e.getCause() instanceof UnknownTopicOrPartitionException);
        }
    }

    private static boolean isCreated(KafkaFuture<Void> answer, KafkaAdministration kafka) {
        try {
            kafka.await(answer);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw kafka.refusal(e);
        }
    }
}
