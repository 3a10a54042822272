package dev.noether.flink.access;

import static dev.noether.flink.access.AccessRight.group;
import static dev.noether.flink.access.AccessRight.topic;
import static dev.noether.flink.access.AccessRight.transaction;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.noether.flink.assembly.ImportSource;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ImportOptions;
import dev.noether.flink.config.TopicNames;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.notify.Notifier;
import dev.noether.flink.owner.OwnerRole;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ReleaseTopic;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The processes of a detector that use Kafka, and the fewest rights that each of them works with. */
public enum AccessRole {
    /** The scoring job, also while it recovers. */
    SCORE("the scoring job") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            Stream<AccessRight> needs = Stream.of(
                    topic(topics.observations(), READ),
                    topic(topics.models(), READ),
                    topic(topics.models(), DESCRIBE_CONFIGS),
                    topic(topics.feedback(), READ),
                    topic(topics.scores(), READ),
                    topic(topics.scores(), WRITE),
                    topic(topics.scores(), DESCRIBE_CONFIGS),
                    topic(topics.incidents(), READ),
                    topic(topics.incidents(), WRITE),
                    topic(topics.incidents(), DESCRIBE_CONFIGS),
                    topic(topics.rejected(), READ),
                    topic(topics.rejected(), WRITE),
                    topic(topics.rejected(), DESCRIBE_CONFIGS),
                    group(IngestSource.group(config)),
                    group(ReleaseTopic.group(config)),
                    group(OwnerRole.SCORER.group(config)));
            return config.exactlyOnce()
                    ? Stream.concat(
                            needs, Stream.of(transaction(PatternType.PREFIXED, KafkaSinks.transactionalIds(config))))
                    : needs;
        }
    },
    /** The retrainer, a single training, and the commands that promote or roll back a model. */
    RETRAINER("the retrainer") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            Stream<AccessRight> needs = Stream.of(
                    topic(topics.observations(), READ),
                    topic(topics.scores(), READ),
                    topic(topics.incidents(), READ),
                    topic(topics.feedback(), READ),
                    topic(topics.models(), READ),
                    topic(topics.models(), WRITE),
                    topic(topics.models(), DESCRIBE_CONFIGS),
                    group(OwnerRole.RETRAINER.group(config)));
            return config.exactlyOnce()
                    ? Stream.concat(
                            needs, Stream.of(transaction(PatternType.LITERAL, Announcer.transactionalId(config))))
                    : needs;
        }
    },
    /** The import, which makes observations of single metrics. */
    IMPORT("the import") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            ImportOptions imported = config.source().imported();
            Stream<AccessRight> read = Stream.concat(
                    imported.topics().stream().map(name -> topic(name, READ)),
                    imported.topicPattern().isEmpty() ? Stream.of() : Stream.of(topic(ANY, READ)));
            Stream<AccessRight> needs = Stream.of(
                    topic(topics.observations(), WRITE),
                    topic(topics.rejected(), WRITE),
                    topic(topics.rejected(), DESCRIBE_CONFIGS),
                    topic(topics.models(), READ),
                    topic(topics.models(), DESCRIBE_CONFIGS),
                    group(ImportSource.group(config)),
                    group(OwnerRole.IMPORTER.group(config)));
            Stream<AccessRight> transactions = config.exactlyOnce()
                    ? Stream.of(transaction(PatternType.PREFIXED, KafkaSinks.importIds(config)))
                    : Stream.of();
            return Stream.of(read, needs, transactions).flatMap(one -> one);
        }
    },
    /** The notifier. */
    NOTIFY("the notifier") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(
                    topic(topics.incidents(), READ),
                    topic(topics.undelivered(), WRITE),
                    AccessRight.groupsWith(Notifier.groups(config)));
        }
    },
    /** The console: web pages that show what is found and take feedback. */
    CONSOLE("the console") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(
                    topic(topics.observations(), READ),
                    topic(topics.scores(), READ),
                    topic(topics.incidents(), READ),
                    topic(topics.models(), READ),
                    topic(topics.feedback(), READ),
                    topic(topics.feedback(), WRITE));
        }
    },
    /** The commands that only read results, and programs that do. */
    TAIL("reading the results") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(
                    topic(topics.scores(), READ),
                    topic(topics.incidents(), READ),
                    topic(topics.rejected(), READ),
                    topic(topics.models(), READ));
        }
    },
    /** The command by which people judge incidents. */
    FEEDBACK("the feedback command") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(
                    topic(topics.incidents(), READ), topic(topics.feedback(), READ), topic(topics.feedback(), WRITE));
        }
    },
    /** Programs that write observations. */
    PRODUCER("the producer of observations") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(topic(topics.observations(), WRITE));
        }
    },
    /** The creation of the topics. */
    TOPICS("the creation of topics") {
        @Override
        Stream<AccessRight> needs(DetectorConfig config, TopicNames topics) {
            return Stream.of(
                            topics.observations(),
                            topics.scores(),
                            topics.rejected(),
                            topics.models(),
                            topics.incidents(),
                            topics.feedback(),
                            topics.undelivered())
                    .flatMap(name -> Stream.of(topic(name, CREATE), topic(name, AclOperation.DESCRIBE)));
        }
    };

    private static final String ANY = "*";

    private final String description;

    AccessRole(String description) {
        this.description = description;
    }

    abstract Stream<AccessRight> needs(DetectorConfig config, TopicNames topics);

    /** Returns the rights, each of which the process needs. */
    public List<AccessRight> rights(DetectorConfig config) {
        return needs(config, config.topics()).toList();
    }

    /** Returns what the process is, in words. */
    public String description() {
        return description;
    }

    /** Returns the name by which the command line knows it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the commands that grant the rights, one line each, the rights on one thing together.
     *
     * @param principal who gets them, such as {@code User:score}
     */
    public List<String> commands(DetectorConfig config, String principal) {
        return rights(config).stream()
                .map(right -> "kafka-acls.sh --bootstrap-server "
                        + config.kafka().bootstrapServers() + " --command-config admin.properties --add"
                        + " --allow-principal '" + principal + "' " + right.options())
                .toList();
    }

    /** Whether a right is on everything of a kind. */
    static boolean isOnAll(AccessRight right) {
        return right.resource() == ResourceType.TOPIC && right.name().equals(ANY);
    }
}
