package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the output topics for an {@link OutputAudit}. Not thread safe. */
final class AuditReader {
    private static final Logger LOG = LoggerFactory.getLogger(AuditReader.class);
    /** Two gaps with fewer offsets between them are read in one go. */
    private static final long ONE_READ = 10_000;

    private final DetectorConfig config;
    private final String observations;
    private final long[] begins;
    private final long[] from;
    private final long[] ends;
    private final OffsetBitmap[] results;
    private final List<Set<String>> entities = new ArrayList<>();
    private final Map<String, IncidentProgress> incidents = new HashMap<>();

    private final long count;

    private long unreadable;

    AuditReader(DetectorConfig config) {
        this(config, Map.of(), Long.MAX_VALUE);
    }

    /** Makes a reader of the last {@code count} offsets of each output, for the observations from given offsets on. */
    AuditReader(DetectorConfig config, Map<Integer, Long> since, long count) {
        this.config = config;
        this.count = count;
        observations = config.topics().observations();
        from = TopicReader.beginningOffsets(config, observations);
        ends = TopicReader.endOffsets(config, observations);
        results = new OffsetBitmap[from.length];
        for (int i = 0; i < from.length; i++) {
            results[i] = new OffsetBitmap();
            from[i] = Math.max(from[i], since.getOrDefault(i, 0L));
            entities.add(new HashSet<>());
        }
        begins = from.clone();
    }

    OutputAudit read(Map<Integer, Long> read) {
        readScores();
        readRejected();
        boolean isCreatedAgain = oldest.stream().anyMatch(this::isOfEarlierTopic);
        if (isCreatedAgain) {
            leaveOutEarlierTopic();
        }
        readIncidents();
        if (unreadable > 0) {
            LOG.warn("{} records of the output topics cannot be decoded and are ignored.", unreadable);
        }
        List<PartitionAudit> partitions = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            OffsetRanges found = results[i].ranges().from(from[i]);
            long upTo = Math.max(found.end(), Math.min(ends[i], read.getOrDefault(i, 0L)));
            OffsetRanges gaps = found.gaps(from[i], upTo);
            OffsetRanges missing = gaps.intersect(existing(i, gaps));
            partitions.add(new PartitionAudit(
                    i, from[i], found, missing, ends[i], entities.get(i).size()));
        }
        return new OutputAudit(List.copyOf(partitions), Map.copyOf(incidents), isCreatedAgain);
    }

    /** Reads the results again, and leaves out those of observations that the topic does not have. */
    private void leaveOutEarlierTopic() {
        LOG.warn("The topic {} was created again. Results of the earlier one do not count.", observations);
        marks = new ObservationMarks[begins.length];
        for (int i = 0; i < begins.length; i++) {
            from[i] = begins[i];
            results[i] = new OffsetBitmap();
            entities.get(i).clear();
            marks[i] = ObservationMarks.read(config, i, begins[i], ends[i]);
        }
        readScores();
        readRejected();
    }

    private void readScores() {
        OutputCodec<Score> codec = OutputCodec.scores();
        readResults(config.topics().scores(), record -> {
            Score score = codec.decode(record.value());
            Result result = new Result(
                    record.partition(),
                    score.sourcePartition(),
                    score.sourceOffset(),
                    ObservationMarks.of(score),
                    ObservationMarks::allowsScore);
            if (score.detector().equals(config.detector()) && add(result)) {
                entities.get(score.sourcePartition()).add(score.entity());
            }
        });
    }

    private void readRejected() {
        OutputCodec<Rejected> codec = OutputCodec.rejected();
        readResults(config.topics().rejected(), record -> {
            Rejected rejected = codec.decode(record.value());
            if (rejected.topic().equals(observations)) {
                add(new Result(
                        record.partition(),
                        rejected.partition(),
                        rejected.offset(),
                        ObservationMarks.of(rejected),
                        ObservationMarks::allowsRejected));
            }
        });
    }

    private void readIncidents() {
        OutputCodec<Incident> codec = OutputCodec.incidents();
        readAll(config.topics().incidents(), record -> {
            Incident incident = codec.decode(record.value());
            if (incident.identity().detector().equals(config.detector())) {
                byte[] last = codec.asAvro(incident, record.value());
                incidents.put(incident.id(), IncidentProgress.after(incidents.get(incident.id()), incident, last));
            }
        });
    }

    /** A result in an output topic, and the mark of its observation. */
    private record Result(int output, int partition, long offset, int mark, Comparison comparison) {
        /** Whether the observation at its offset, if there is one, is its own. */
        boolean isAllowedBy(ObservationMarks marks) {
            return comparison.allows(marks, offset, mark);
        }
    }

    /** Compares the mark of a result with that of the observation at its offset. */
    private interface Comparison {
        boolean allows(ObservationMarks marks, long offset, int mark);
    }

    /** The oldest result in each partition of the outputs. If there was an earlier topic, it is one of that topic. */
    private final List<Result> oldest = new ArrayList<>();

    /** The same of the output topic that is read now, by partition of the output. */
    private final Map<Integer, Result> oldestOfTopic = new HashMap<>();

    /** The marks of all observations; null as long as all results are taken to be theirs. */
    private ObservationMarks @Nullable [] marks;

    /**
     * The smallest offsets in the partition of an output topic that is read now, by partition of the observations. Where
     * retention has removed the oldest records of the output, nothing can be said about earlier observations.
     */
    private final Map<Integer, Map<Integer, Long>> smallest = new HashMap<>();

    /** The partitions of that output topic with results of an earlier topic: retention has removed none of the others. */
    private final Set<Integer> outputsOfEarlierTopic = new HashSet<>();

    private void readResults(String topic, Reader reader) {
        smallest.clear();
        oldestOfTopic.clear();
        outputsOfEarlierTopic.clear();
        long[] oldestOutputs = TopicReader.beginningOffsets(config, topic);
        readAll(topic, reader);
        oldest.addAll(oldestOfTopic.values());
        smallest.forEach((output, byPartition) -> {
            if (oldestOutputs[output] > 0 && count == Long.MAX_VALUE && !outputsOfEarlierTopic.contains(output)) {
                byPartition.forEach((partition, offset) -> from[partition] = Math.max(from[partition], offset));
            }
        });
    }

    private boolean add(Result result) {
        int partition = result.partition();
        long offset = result.offset();
        if (partition >= results.length || offset < 0) {
            return false;
        }
        if (marks != null && (offset >= ends[partition] || !result.isAllowedBy(marks[partition]))) {
            outputsOfEarlierTopic.add(result.output());
            return false;
        }
        results[partition].add(offset);
        if (offset >= begins[partition]) {
            oldestOfTopic.putIfAbsent(result.output(), result);
        }
        smallest.computeIfAbsent(result.output(), key -> new HashMap<>()).merge(partition, offset, Math::min);
        return true;
    }

    /** Whether the topic has another observation than that of a result, or is too short for it. */
    private boolean isOfEarlierTopic(Result result) {
        long end = TopicReader.endOffsets(config, observations)[result.partition()];
        if (result.offset() >= end) {
            return true;
        }
        return !result.isAllowedBy(
                ObservationMarks.read(config, result.partition(), result.offset(), result.offset() + 1));
    }

    /** Reads one record. */
    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;
    }

    private void readAll(String topic, Reader reader) {
        TopicReader.readLast(config, topic, count, record -> {
            try {
                if (record.value() != null) {
                    reader.read(record);
                }
            } catch (MalformedRecordException e) {
                unreadable++;
            }
        });
    }

    /** Returns the offsets near the gaps at which there is an observation. */
    private OffsetRanges existing(int partition, OffsetRanges gaps) {
        OffsetBitmap existing = new OffsetBitmap();
        int first = 0;
        for (int i = 0; i < gaps.size(); i++) {
            boolean isLast = i + 1 == gaps.size();
            if (isLast || gaps.start(i + 1) - gaps.end(i) > ONE_READ) {
                TopicReader.read(
                        config,
                        observations,
                        partition,
                        gaps.start(first),
                        gaps.end(i),
                        record -> existing.add(record.offset()));
                first = i + 1;
            }
        }
        return existing.ranges();
    }
}
