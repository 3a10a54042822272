package dev.noether.flink.kafka;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DetectorConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Compares the topics of a detector with what a running job saw of them before: Kafka's clients wait silently, or log
 * without end, if a topic is deleted. The memory of it survives in the job's checkpoint. Not thread safe.
 */
public final class TopicWatch {
    private static final int FORMAT_VERSION = 1;

    private final DetectorConfig config;
    private final List<TopicPlan> plans;
    private final boolean readsObservations;
    /** Topics that an import reads by name. */
    private final List<String> sources;

    private final Map<String, KnownTopic> known = new TreeMap<>();
    private String cluster = "";

    private record KnownTopic(Uuid id, int partitions) {}

    /**
     * The result of one look.
     *
     * @param problems what is wrong now, one line each, with what helps
     * @param events what happened since the last look, one line each
     */
    public record TopicReport(List<String> problems, List<String> events) {}

    /** Creates a watch of the topics of the scoring job, which knows none yet. */
    public TopicWatch(DetectorConfig config) {
        this(config, TopicPlan.scoring(config), true, List.of());
    }

    private TopicWatch(DetectorConfig config, List<TopicPlan> plans, boolean readsObservations, List<String> sources) {
        this.sources = sources;
        this.config = config;
        this.plans = plans;
        this.readsObservations = readsObservations;
    }

    /** Creates a watch of the topics that an import writes, and of those that it reads by name; it knows none yet. */
    public static TopicWatch ofImport(DetectorConfig config) {
        List<String> sources = config.source().imported().topics();
        List<TopicPlan> plans = new ArrayList<>(TopicPlan.importing(config));
        sources.forEach(topic -> plans.add(new TopicPlan(topic, true, Map.of())));
        return new TopicWatch(config, plans, false, sources);
    }

    /**
     * Looks at the topics.
     *
     * @throws TopicException if Kafka does not answer
     */
    public TopicReport look(Duration timeout) {
        List<String> problems = new ArrayList<>();
        List<String> events = new ArrayList<>();
        try (KafkaAdministration kafka = new KafkaAdministration(config.kafka(), timeout)) {
            compareCluster(kafka, events);
            Map<String, KafkaFuture<TopicDescription>> answers = kafka.admin()
                    .describeTopics(plans.stream().map(TopicPlan::name).toList())
                    .topicNameValues();
            for (TopicPlan plan : plans) {
                compare(plan, requireNonNull(answers.get(plan.name())), kafka, problems, events);
            }
        }
        return new TopicReport(List.copyOf(problems), List.copyOf(events));
    }

    private void compareCluster(KafkaAdministration kafka, List<String> events) {
        try {
            String now = kafka.await(kafka.admin().describeCluster().clusterId());
            if (now != null && !cluster.isEmpty() && !now.equals(cluster)) {
                known.clear();
                events.add("the job continues from a checkpoint of another Kafka cluster (id " + cluster + "; "
                        + config.kafka().bootstrapServers() + " is " + now + "): its positions do not fit. If this is "
                        + "not a copy of that cluster, start without the checkpoint, with another "
                        + "checkpoints.directory");
            }
            cluster = now == null ? cluster : now;
        } catch (ExecutionException e) {
            throw kafka.refusal(e);
        }
    }

    private void compare(
            TopicPlan plan,
            KafkaFuture<TopicDescription> answer,
            KafkaAdministration kafka,
            List<String> problems,
            List<String> events) {
        KnownTopic before = known.get(plan.name());
        try {
            TopicDescription now = kafka.await(answer);
            int partitions = now.partitions().size();
            if (before != null && !before.id.equals(now.topicId())) {
                events.add("the topic " + plan.name() + " was deleted and created again" + consequence(plan.name()));
            }
            int most = before == null ? partitions : Math.max(before.partitions, partitions);
            if (partitions < most
                    && readsObservations
                    && plan.name().equals(config.topics().observations())) {
                problems.add("the topic " + plan.name() + " has " + partitions + " of the " + most
                        + " partitions that this job reads; add the others with: kafka-topics.sh --bootstrap-server "
                        + config.kafka().bootstrapServers() + " --alter --topic " + plan.name() + " --partitions "
                        + most);
            }
            known.put(plan.name(), new KnownTopic(now.topicId(), most));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw kafka.refusal(e);
            }
            if (sources.contains(plan.name())) {
                problems.add(
                        "the topic " + plan.name() + ", which the import reads (`source.topics`), does not exist; "
                                + "the import goes on when it is created again, or without it when the file no longer names it");
                return;
            }
            int partitions = before == null ? config.parallelism() : before.partitions;
            problems.add("the topic " + plan.name() + " does not exist; create it with: "
                    + plan.command(config.kafka().bootstrapServers(), partitions));
        }
    }

    private String consequence(String topic) {
        if (sources.contains(topic)) {
            return ": records of the new topic that lie before the import's old positions are not read";
        }
        if (readsObservations && topic.equals(config.topics().observations())) {
            return ": observations of the new topic that lie before the job's old positions are not read";
        }
        return topic.equals(config.topics().models())
                ? ": the models in force stay; announced models are known again after the next training"
                : ": what it contained is lost";
    }

    /** The bytes for a checkpoint, with a format version. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream target = new DataOutputStream(bytes)) {
            target.writeByte(FORMAT_VERSION);
            target.writeUTF(cluster);
            target.writeInt(known.size());
            for (Map.Entry<String, KnownTopic> topic : known.entrySet()) {
                target.writeUTF(topic.getKey());
                target.writeLong(topic.getValue().id.getMostSignificantBits());
                target.writeLong(topic.getValue().id.getLeastSignificantBits());
                target.writeInt(topic.getValue().partitions);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Replaces what is known by what a checkpoint contains.
     *
     * @throws IOException if the format version is unknown
     */
    public void restore(byte[] bytes) throws IOException {
        known.clear();
        DataInputStream source = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = source.readByte();
        if (version != FORMAT_VERSION) {
            throw new IOException("found state format version " + version + ", supports only " + FORMAT_VERSION);
        }
        cluster = source.readUTF();
        int topics = source.readInt();
        for (int i = 0; i < topics; i++) {
            known.put(
                    source.readUTF(), new KnownTopic(new Uuid(source.readLong(), source.readLong()), source.readInt()));
        }
    }
}
