package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's membership in the consumer group of its detector's owner. It reads no records and commits no offsets. One
 * thread uses it, except for {@link #wakeUp}.
 */
final class OwnerClaim implements AutoCloseable {
    /** After this time without a heartbeat, Kafka takes the owner for ended. */
    static final Duration SESSION = Duration.ofSeconds(10);

    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OwnerClaim.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(700);

    private final DetectorConfig config;
    private final OwnerRole role;
    private final OwnerIdentity identity;
    private final KafkaConsumer<byte[], byte[]> member;
    private boolean isOwner;

    /** Creates the member. It joins with the first {@link #renew}. */
    OwnerClaim(DetectorConfig config, OwnerRole role, OwnerIdentity identity) {
        this.config = config;
        this.role = role;
        this.identity = identity;
        this.member = new KafkaConsumer<>(
                properties(config, role, identity), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(List.of(config.topics().models()), new PauseListener());
    }

    private static Properties properties(DetectorConfig config, OwnerRole role, OwnerIdentity identity) {
        Properties properties = config.kafka().clientProperties();
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, identity.clientId());
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, role.group(config));
        properties.setProperty(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // A member that joins does not take the partition from the one that has it.
        properties.setProperty(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.setProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()));
        properties.setProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(HEARTBEAT.toMillis()));
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        return properties;
    }

    /** Never fetches: sets the position, so that no offsets are looked up, and pauses. */
    private final class PauseListener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> member.seek(partition, 0));
            member.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    /**
     * Joins the group or stays in it.
     *
     * @param time longest time to wait for Kafka
     * @return whether this process owns the detector now
     * @throws OwnerException if another job scores the detector, or Kafka denies access to the group
     */
    boolean renew(Duration time) {
        try {
            member.poll(time);
        } catch (GroupAuthorizationException e) {
            throw OwnerGroup.denied(config, role);
        }
        boolean isMember = member.groupMetadata().generationId() > 0 && secondsSinceHeartbeat() <= SESSION.toSeconds();
        boolean wasOwner = isOwner;
        isOwner = isMember && (hasPartition() || (role.isOfJob() && isAlone()));
        if (isOwner != wasOwner && role.isOfJob()) {
            log();
        }
        return isOwner;
    }

    private boolean hasPartition() {
        return member.assignment().stream().anyMatch(OwnerGroup::isOwners);
    }

    private void log() {
        if (isOwner) {
            LOG.info("This job owns detector {}: {}.", config.detector(), identity.describe());
            return;
        }
        LOG.warn(
                "This job no longer owns detector {}: Kafka had no heartbeat of it for {} s, or the group {} was "
                        + "changed. It tries to become the owner again; until then another job may start.",
                config.detector(),
                SESSION.toSeconds(),
                role.group(config));
    }

    /**
     * Seconds since the last heartbeat. While no broker answers, the client keeps its assignment: nobody tells it that
     * its session has ended.
     */
    private double secondsSinceHeartbeat() {
        for (Map.Entry<MetricName, ? extends Metric> metric : member.metrics().entrySet()) {
            if (metric.getKey().name().equals("last-heartbeat-seconds-ago")) {
                return ((Number) metric.getValue().metricValue()).doubleValue();
            }
        }
        return 0;
    }

    /** Whether no other process is in the group, as when the topic with the partition has been deleted. */
    private boolean isAlone() {
        try (OwnerGroup group = new OwnerGroup(config, role, ADMIN_TIMEOUT)) {
            OwnerGroup.Members members = group.members();
            Optional<OwnerIdentity> other =
                    members.owner().filter(owner -> !owner.token().equals(identity.token()));
            if (other.isPresent()) {
                throw OwnerGroup.owned(config, role, other.get());
            }
            return members.isOwnedBy(identity.token());
        }
    }

    /** Ends a waiting {@link #renew} with a {@link org.apache.kafka.common.errors.WakeupException}. Thread safe. */
    void wakeUp() {
        member.wakeup();
    }

    /** Leaves the group, so that another process can own the detector at once. */
    @Override
    public void close() {
        member.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
