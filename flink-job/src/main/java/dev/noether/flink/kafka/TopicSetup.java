package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a detector with the settings that {@link TopicCheck} requires. Stateless; thread safe. */
public final class TopicSetup {
    private TopicSetup() {}

    /**
     * Creates the missing topics; existing ones are not changed.
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
            return List.copyOf(created);
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
