package dev.noether.lab.bench;

import dev.noether.lab.bench.PipelineRound.Variant;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Observation;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka topics of the benchmark. They are filled before a round and read after it. */
final class BenchmarkTopics {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration WAIT = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final int partitions;

    BenchmarkTopics(String bootstrapServers, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
    }

    /** Makes a topic whose timestamps are the times at which the broker appended the records. */
    void createScores(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            NewTopic scores = new NewTopic(topic, partitions, (short) 1)
                    .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
            admin.createTopics(List.of(scores)).all().get();
        }
    }

    /** Deletes a topic. */
    void delete(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /** Writes the records of some observations, keyed by entity. */
    void fill(String topic, SyntheticObservations observations, SourceRecords format, int count) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                Observation observation = observations.next();
                byte[] key = observation.entity().getBytes(StandardCharsets.UTF_8);
                for (byte[] value : format.encode(observation)) {
                    producer.send(new ProducerRecord<>(topic, null, observation.eventTime(), key, value));
                }
            }
        }
    }

    /** Publishes the release of a model. */
    void announce(String topic, ModelRelease release) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        byte[] key = release.detector().getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, new ModelReleaseCodec().encode(release)))
                    .get();
        }
    }

    /** Reads the committed scores of one round. */
    PipelineRound measure(Variant variant, String topic, int records, long start, double processorSeconds)
            throws MalformedRecordException {
        ScoreTally tally = new ScoreTally();
        read(topic, tally::add);
        return tally.round(variant, records, start, processorSeconds);
    }

    /** A check while one waits; it fails if there is nothing to wait for any more. */
    interface Check {
        void run() throws ExecutionException, InterruptedException;
    }

    /** Waits until a topic has a number of records, committed or not. */
    void awaitWritten(String topic, long records, Check check) throws ExecutionException, InterruptedException {
        await(topic, "read_uncommitted", records, check);
    }

    /** Waits until a topic has a number of records that are committed. */
    void awaitCommitted(String topic, long records, Check check) throws ExecutionException, InterruptedException {
        await(topic, "read_committed", records, check);
    }

    private void await(String topic, String isolation, long records, Check check)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            while (consumer.endOffsets(all).values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    < records) {
                check.run();
                Thread.sleep(WAIT.toMillis());
            }
        }
    }

    /** Reads the committed scores of one round; the first tenth of them does not count for the speed. */
    EntitiesReport.Round steady(String topic, int records, double restoreSeconds) throws MalformedRecordException {
        ScoreTally tally = new ScoreTally();
        long skipped = records / 10;
        long[] start = new long[1];
        read(topic, record -> {
            tally.add(record);
            if (tally.distinct <= skipped + 1) {
                start[0] = record.timestamp();
            }
        });
        double seconds = Math.max(1, tally.last - start[0]) / 1000.0;
        return new EntitiesReport.Round(
                restoreSeconds,
                (tally.distinct + tally.duplicated - skipped) / seconds,
                records - tally.distinct,
                tally.duplicated,
                tally.unscored);
    }

    /**
     * What a job has written to a topic.
     *
     * @param records number of committed records
     * @param last time at which the last one was appended, milliseconds since 1970 UTC
     */
    record Written(long records, long last) {}

    /** Reads the committed records of one round. */
    Written written(String topic) throws MalformedRecordException {
        long[] countAndLast = new long[2];
        read(topic, record -> {
            countAndLast[0]++;
            countAndLast[1] = Math.max(countAndLast[1], record.timestamp());
        });
        return new Written(countAndLast[0], countAndLast[1]);
    }

    private interface RecordReceiver {
        void accept(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;
    }

    private void read(String topic, RecordReceiver receiver) throws MalformedRecordException {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> assigned = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            while (assigned.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    receiver.accept(record);
                }
            }
        }
    }

    /** Counts scores and stores the time at which the last one was appended. */
    private static final class ScoreTally {
        private final OutputCodec<Score> codec = OutputCodec.scores();
        private final Map<Integer, BitSet> seen = new HashMap<>();
        private long distinct;
        private long duplicated;
        private long unscored;
        private long anomalous;
        private long last;

        void add(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
            Score score = codec.decode(record.value());
            BitSet offsets = seen.computeIfAbsent(score.sourcePartition(), partition -> new BitSet());
            int offset = Math.toIntExact(score.sourceOffset());
            if (offsets.get(offset)) {
                duplicated++;
            } else {
                offsets.set(offset);
                distinct++;
            }
            unscored += score.verdict() == Verdict.UNSCORED ? 1 : 0;
            anomalous += score.verdict() == Verdict.ANOMALOUS ? 1 : 0;
            last = Math.max(last, record.timestamp());
        }

        PipelineRound round(Variant variant, int records, long start, double processorSeconds) {
            double seconds = (last - start) / 1000.0;
            return new PipelineRound(
                    variant,
                    distinct,
                    records - distinct,
                    duplicated,
                    unscored,
                    anomalous,
                    seconds,
                    (distinct + duplicated) / seconds,
                    processorSeconds);
        }
    }
}
