package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a detector with the settings that {@link TopicCheck} looks for. */
public final class TopicSetup {
    private TopicSetup() {}

    /**
     * Makes those that do not exist; the others stay as they are.
     *
     * @param config of the detector
     * @param partitions of the topics of observations and of scores; the others have one
     * @param replication copies of each partition
     * @return the names of those that were made
     * @throws TopicException if Kafka does not answer or refuses
     */
    public static List<String> create(DetectorConfig config, int partitions, short replication) {
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException("`partitions` and `replication` must be at least 1 (got " + partitions
                    + " and " + replication + ")");
        }
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.PATIENCE)) {
            Map<String, KafkaFuture<Void>> answers = kafka.admin()
                    .createTopics(TopicPlan.all(config).stream()
                            .map(plan -> plan.newTopic(partitions, replication))
                            .toList())
                    .values();
            List<String> made = new ArrayList<>();
            for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
                if (isMade(answer.getValue(), kafka)) {
                    made.add(answer.getKey());
                }
            }
            return List.copyOf(made);
        }
    }

    private static boolean isMade(KafkaFuture<Void> answer, KafkaAdministration kafka) {
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
