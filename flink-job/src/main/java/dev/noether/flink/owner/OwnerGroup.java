package dev.noether.flink.owner;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.KafkaAdministration;
import dev.noether.flink.kafka.TopicException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The consumer group whose member owns a detector, as an administrator sees it. Not thread safe. */
final class OwnerGroup implements AutoCloseable {
    private final DetectorConfig config;
    private final OwnerRole role;
    private final KafkaAdministration kafka;

    /** Creates a client. Does not connect to Kafka yet. */
    OwnerGroup(DetectorConfig config, OwnerRole role, Duration timeout) {
        this.config = config;
        this.role = role;
        this.kafka = new KafkaAdministration(config.kafka(), timeout);
    }

    /** The partition of the models topic whose holder is the owner. */
    static boolean isOwners(TopicPartition partition) {
        return partition.partition() == 0;
    }

    /**
     * The members of the group.
     *
     * @param owner member that has the first partition; empty if there is none, as while members join
     * @param all all members, the owner included
     */
    record Members(Optional<OwnerIdentity> owner, List<OwnerIdentity> all) {
        /** The owner, or a member that may become it; empty if the group is empty. */
        Optional<OwnerIdentity> candidate() {
            return owner.isPresent() ? owner : all.stream().findFirst();
        }

        /** Whether the job with this token owns the detector: it has the partition, or is alone. */
        boolean isOwnedBy(String token) {
            return (owner.isPresent() || all.size() == 1)
                    && candidate().filter(one -> one.token().equals(token)).isPresent();
        }
    }

    /**
     * Reads the members.
     *
     * @throws OwnerException if Kafka does not allow to read the group
     * @throws TopicException if Kafka does not answer
     */
    Members members() {
        List<OwnerIdentity> all = new ArrayList<>();
        Optional<OwnerIdentity> owner = Optional.empty();
        for (MemberDescription member : describe()) {
            Optional<OwnerIdentity> identity = OwnerIdentity.ofClientId(member.clientId());
            identity.ifPresent(all::add);
            if (member.assignment().topicPartitions().stream().anyMatch(OwnerGroup::isOwners)) {
                owner = identity;
            }
        }
        return new Members(owner, all);
    }

    private Collection<MemberDescription> describe() {
        String group = role.group(config);
        try {
            return kafka.await(requireNonNull(kafka.admin()
                            .describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group)))
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e.getCause() instanceof GroupAuthorizationException ? denied(config, role) : kafka.refusal(e);
        }
    }

    /** Removes all members, whose processes have ended. One that lives joins again. */
    void removeMembers() {
        try {
            kafka.await(kafka.admin()
                    .removeMembersFromConsumerGroup(role.group(config), new RemoveMembersFromConsumerGroupOptions())
                    .all());
        } catch (ExecutionException goneMeanwhile) {
            // They also leave by themselves, when their session ends.
        }
    }

    /** The error for a missing right. */
    static OwnerException denied(DetectorConfig config, OwnerRole role) {
        return new OwnerException("Kafka at " + config.kafka().bootstrapServers()
                + " denies access to the consumer group " + role.group(config) + ", which " + role.purpose()
                + "; allow READ and DESCRIBE on it");
    }

    /** The error for an owner that runs. */
    static OwnerException owned(DetectorConfig config, OwnerRole role, OwnerIdentity owner) {
        return new OwnerException("detector " + config.detector() + " is already " + role.participle() + " by "
                + owner.describe() + " (Flink job " + owner.job() + "); stop it, or give this detector another name");
    }

    @Override
    public void close() {
        kafka.close();
    }
}
