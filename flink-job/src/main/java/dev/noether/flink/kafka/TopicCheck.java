package dev.noether.flink.kafka;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.TopicNames;
import dev.noether.flink.emit.RecordSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Check, before a job starts, that Kafka answers and that the topics have the settings that the job needs. A problem is
 * then one line; without the check, the job would fail and restart again and again.
 */
public final class TopicCheck {
    /** Longest time to wait for an answer of Kafka. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final List<String> problems = new ArrayList<>();

    private TopicCheck(DetectorConfig config) {
        this.config = config;
    }

    /**
     * Checks the five topics that the scoring job reads and writes.
     *
     * @throws TopicException with every problem, if there is any
     */
    public static void forScoring(DetectorConfig config) {
        new TopicCheck(config).run(TopicPlan.scoring(config), TIMEOUT);
    }

    /**
     * Returns the topics that the scoring job reads and writes and that do not exist.
     *
     * @throws TopicException if Kafka does not answer
     */
    public static List<String> missingForScoring(DetectorConfig config) {
        List<TopicPlan> plans = TopicPlan.scoring(config);
        List<TopicPlan> present;
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TIMEOUT)) {
            present = new TopicCheck(config).present(plans, kafka);
        }
        return plans.stream()
                .filter(plan -> !present.contains(plan))
                .map(TopicPlan::name)
                .toList();
    }

    /**
     * Checks the topic that feedback is written to.
     *
     * @throws TopicException with every problem, if there is any
     */
    public static void forFeedback(DetectorConfig config) {
        new TopicCheck(config).run(List.of(TopicPlan.feedback(config)), TIMEOUT);
    }

    /**
     * Returns whether the topic of the feedback exists: a detector of an earlier version does not have it. A topic that
     * this user may not see does not exist for it.
     *
     * @throws TopicException if Kafka does not answer
     */
    public static boolean hasFeedback(DetectorConfig config) {
        String topic = config.topics().feedback();
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TIMEOUT)) {
            try {
                kafka.await(kafka.admin().describeTopics(List.of(topic)).allTopicNames());
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException
                        || e.getCause() instanceof AuthorizationException) {
                    return false;
                }
                throw kafka.refusal(e);
            }
        }
    }

    /**
     * Checks the two topics that the retraining job reads and writes.
     *
     * @throws TopicException with every problem, if there is any
     */
    public static void forRetraining(DetectorConfig config) {
        forRetraining(config, TIMEOUT);
    }

    /**
     * Checks the topics of an import: those that it writes, and those that it reads by name. A topic of a pattern may be
     * created later.
     *
     * @throws TopicException with every problem, if there is any
     */
    public static void forImport(DetectorConfig config) {
        TopicCheck check = new TopicCheck(config);
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TIMEOUT)) {
            check.checkSettings(check.present(TopicPlan.importing(config), kafka), kafka);
            for (String topic : config.source().imported().topics()) {
                check.checkRead(topic, kafka);
            }
        }
        if (!check.problems.isEmpty()) {
            throw new TopicException(check.problems);
        }
    }

    private void checkRead(String topic, KafkaAdministration kafka) {
        try {
            kafka.await(kafka.admin().describeTopics(List.of(topic)).allTopicNames());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw kafka.refusal(e);
            }
            problems.add("the topic " + topic + ", which `source.topics` names, does not exist");
        }
    }

    /**
     * Checks the topic that observations are sent to.
     *
     * @throws TopicException with every problem, if there is any
     */
    public static void forSending(DetectorConfig config) {
        new TopicCheck(config).run(List.of(TopicPlan.observations(config)), TIMEOUT);
    }

    /**
     * Checks that Kafka answers and that one of the detector's topics exists, whatever its settings are.
     *
     * @throws TopicException if not
     */
    public static void forReading(DetectorConfig config, String topic) {
        TopicCheck check = new TopicCheck(config);
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TIMEOUT)) {
            check.present(
                    TopicPlan.all(config).stream()
                            .filter(plan -> plan.name().equals(topic))
                            .toList(),
                    kafka);
        }
        if (!check.problems.isEmpty()) {
            throw new TopicException(check.problems);
        }
    }

    static void forRetraining(DetectorConfig config, Duration timeout) {
        new TopicCheck(config).run(List.of(TopicPlan.observations(config), TopicPlan.models(config)), timeout);
    }

    private void run(List<TopicPlan> plans, Duration timeout) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), timeout)) {
            List<TopicPlan> present = present(plans, kafka);
            checkSettings(present, kafka);
        }
        if (!problems.isEmpty()) {
            throw new TopicException(problems);
        }
    }

    private List<TopicPlan> present(List<TopicPlan> plans, KafkaAdministration kafka) {
        Map<String, KafkaFuture<TopicDescription>> answers = kafka.admin()
                .describeTopics(plans.stream().map(TopicPlan::name).toList())
                .topicNameValues();
        List<TopicPlan> present = new ArrayList<>();
        for (TopicPlan plan : plans) {
            try {
                kafka.await(requireNonNull(answers.get(plan.name())));
                present.add(plan);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw kafka.refusal(e);
                }
                problems.add("the topic " + plan.name()
                        + " does not exist; create it with ./noether topics create --config FILE, or with: "
                        + plan.command(config.kafka().bootstrapServers(), config.parallelism()));
            }
        }
        return present;
    }

    private void checkSettings(List<TopicPlan> present, KafkaAdministration kafka) {
        Map<String, ConfigResource> resources = new LinkedHashMap<>();
        present.stream()
                .map(TopicPlan::name)
                .filter(this::hasSettings)
                .forEach(topic -> resources.put(topic, new ConfigResource(ConfigResource.Type.TOPIC, topic)));
        if (resources.isEmpty()) {
            return;
        }
        try {
            Map<ConfigResource, Config> settings = kafka.await(
                    kafka.admin().describeConfigs(resources.values()).all());
            resources.forEach((topic, resource) -> checkSettings(topic, requireNonNull(settings.get(resource))));
        } catch (ExecutionException e) {
            throw kafka.refusal(e);
        }
    }

    /** Whether anything depends on the settings of a topic: reading them needs a right of its own. */
    private boolean hasSettings(String topic) {
        TopicNames topics = config.topics();
        return List.of(topics.rejected(), topics.models(), topics.scores(), topics.incidents())
                .contains(topic);
    }

    private void checkSettings(String topic, Config settings) {
        if (topic.equals(config.topics().rejected())) {
            atLeast(topic, settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RecordSizes.rejected(config));
        } else if (topic.equals(config.topics().models())) {
            String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                problem(topic, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT, policy);
            }
            atLeast(topic, settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RecordSizes.release(config));
        } else if (topic.equals(config.topics().scores())) {
            checkTimestamps(topic, settings);
            atLeast(topic, settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RecordSizes.score(config));
        } else if (topic.equals(config.topics().incidents())) {
            checkTimestamps(topic, settings);
            atLeast(topic, settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, RecordSizes.incident(config));
        }
    }

    /** The timestamps are event times: the broker must accept every time that the ingest accepts. */
    private void checkTimestamps(String topic, Config settings) {
        long ahead = config.entities().times().maxAhead().toMillis();
        atLeast(topic, settings, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, ahead);
    }

    private void atLeast(String topic, Config settings, String setting, long least) {
        String actualValue = settings.get(setting).value();
        if (Long.parseLong(actualValue) < least) {
            problem(topic, setting, Long.toString(least), actualValue);
        }
    }

    private void problem(String topic, String setting, String needed, String actualValue) {
        boolean number = Character.isDigit(needed.charAt(0));
        problems.add("the topic " + topic + " must have " + setting + (number ? " of at least " : "=") + needed
                + " (got "
                + actualValue + "); set it with: kafka-configs.sh --bootstrap-server "
                + config.kafka().bootstrapServers() + " --alter --topic " + topic + " --add-config " + setting + "="
                + needed);
    }
}
