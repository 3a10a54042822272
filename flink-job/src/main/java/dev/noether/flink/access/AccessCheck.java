package dev.noether.flink.access;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.AccessException;
import dev.noether.flink.kafka.KafkaAdministration;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The check, before a process starts, that Kafka grants it every right. All missing ones are named at once; without the
 * check the process would fail at the first of them, and a job would restart again and again. It changes nothing.
 */
public final class AccessCheck {
    /** The end of a name that begins as a right on several things demands. */
    private static final String EXAMPLE = "access";

    private final DetectorConfig config;
    private final AccessRole role;
    private final KafkaAdministration kafka;
    private final List<AccessRight> missing = new ArrayList<>();

    private AccessCheck(DetectorConfig config, AccessRole role, KafkaAdministration kafka) {
        this.config = config;
        this.role = role;
        this.kafka = kafka;
    }

    /**
     * Returns if the process has all rights. A topic or a group that does not exist is not checked; the right to write
     * with a transactional id is checked as far as Kafka tells it, which is whether the id may be seen.
     *
     * @throws AccessException with one line for each missing right, or if Kafka does not let this client in
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer
     */
    public static void require(DetectorConfig config, AccessRole role) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            AccessCheck check = new AccessCheck(config, role, kafka);
            check.run();
            check.throwIfAny();
        }
    }

    /**
     * Returns the topics on which the process lacks a right now; none if Kafka does not tell. Used where an answer of
     * Kafka says that a topic is refused, and not which one.
     */
    public static SortedSet<String> refusedTopics(DetectorConfig config, AccessRole role) {
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), TopicCheck.TIMEOUT)) {
            AccessCheck check = new AccessCheck(config, role, kafka);
            check.run();
            return check.missing.stream()
                    .filter(right -> right.resource() == ResourceType.TOPIC)
                    .map(AccessRight::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (TopicException e) {
            return Collections.emptySortedSet();
        }
    }

    private void run() {
        List<AccessRight> rights = role.rights(config);
        check(
                of(rights, ResourceType.TOPIC),
                names -> kafka.admin()
                        .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues(),
                TopicDescription::authorizedOperations);
        check(
                of(rights, ResourceType.GROUP),
                names -> kafka.admin()
                        .describeConsumerGroups(
                                names, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                        .describedGroups(),
                ConsumerGroupDescription::authorizedOperations);
        checkTransactions(of(rights, ResourceType.TRANSACTIONAL_ID));
    }

    /** Returns the rights on one kind of thing by the name of a thing that Kafka can be asked about. */
    private static Map<String, List<AccessRight>> of(List<AccessRight> rights, ResourceType resource) {
        Map<String, List<AccessRight>> byName = new LinkedHashMap<>();
        rights.stream()
                .filter(right -> right.resource() == resource && !AccessRole.isOnAll(right))
                .forEach(right -> byName.computeIfAbsent(
                                right.pattern() == PatternType.PREFIXED ? right.name() + EXAMPLE : right.name(),
                                name -> new ArrayList<>())
                        .add(right));
        return byName;
    }

    private <T> void check(
            Map<String, List<AccessRight>> rights,
            Function<Set<String>, Map<String, KafkaFuture<T>>> question,
            Function<T, @Nullable Set<AclOperation>> allowed) {
        if (rights.isEmpty()) {
            return;
        }
        Map<String, KafkaFuture<T>> answers = question.apply(rights.keySet());
        rights.forEach((name, needed) -> {
            KafkaFuture<T> answer = answers.get(name);
            if (answer != null) {
                check(needed, answer, allowed);
            }
        });
    }

    private <T> void check(
            List<AccessRight> needed, KafkaFuture<T> answer, Function<T, @Nullable Set<AclOperation>> allowed) {
        try {
            Set<AclOperation> operations = allowed.apply(kafka.await(answer));
            // Brokers before version 2.3 do not tell.
            if (operations != null) {
                needed.stream()
                        .filter(right -> !operations.contains(right.operation()))
                        .forEach(missing::add);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                missing.addAll(needed);
            }
            // Else it does not exist yet; TopicCheck names missing topics.
        }
    }

    private void checkTransactions(Map<String, List<AccessRight>> rights) {
        rights.forEach((name, needed) -> {
            AccessRight right = needed.get(0);
            try {
                kafka.await(kafka.admin().describeTransactions(List.of(name)).all());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    missing.add(right);
                }
                // Else there is no such id, and this user was allowed to learn it, or the brokers are too old to say.
            }
        });
    }

    private void throwIfAny() {
        if (missing.isEmpty()) {
            return;
        }
        Stream<String> lines = missing.stream()
                .map(right -> "Kafka at " + config.kafka().bootstrapServers() + " denies this user " + right.describe()
                        + ", which " + role.description() + " needs");
        throw new AccessException(Stream.concat(
                        lines,
                        Stream.of("./noether topics acl --config FILE --process " + role.key()
                                + " shows the commands that grant all rights that it needs"))
                .toList());
    }
}
