package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the output topics for an {@link OutputAudit}. Not thread safe. */
final class AuditReader {
    private static final Logger LOG = LoggerFactory.getLogger(AuditReader.class);
    /** Two gaps with fewer offsets between them are read in one go. */
    private static final long ONE_READ = 10_000;

    private final DetectorConfig config;
    private final String observations;
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
    }

    OutputAudit read(Map<Integer, Long> read) {
        readScores();
        readRejected();
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
        return new OutputAudit(List.copyOf(partitions), Map.copyOf(incidents));
    }

    private void readScores() {
        ScoreCodec codec = new ScoreCodec();
        readResults(config.topics().scores(), record -> {
            Score score = codec.decode(record.value());
            if (score.detector().equals(config.detector())
                    && add(record.partition(), score.sourcePartition(), score.sourceOffset())) {
                entities.get(score.sourcePartition()).add(score.entity());
            }
        });
    }

    private void readRejected() {
        RejectedCodec codec = new RejectedCodec();
        readResults(config.topics().rejected(), record -> {
            Rejected rejected = codec.decode(record.value());
            if (rejected.topic().equals(observations)) {
                add(record.partition(), rejected.partition(), rejected.offset());
            }
        });
    }

    private void readIncidents() {
        IncidentCodec codec = new IncidentCodec();
        readAll(config.topics().incidents(), record -> {
            Incident incident = codec.decode(record.value());
            if (incident.identity().detector().equals(config.detector())) {
                incidents.put(
                        incident.id(), IncidentProgress.after(incidents.get(incident.id()), incident, record.value()));
            }
        });
    }

    /**
     * The smallest offsets in the partition of an output topic that is read now, by partition of the observations. Where
     * retention has removed the oldest records of the output, nothing can be said about earlier observations.
     */
    private final Map<Integer, Map<Integer, Long>> smallest = new HashMap<>();

    private void readResults(String topic, Reader reader) {
        smallest.clear();
        long[] begins = TopicReader.beginningOffsets(config, topic);
        readAll(topic, reader);
        smallest.forEach((output, byPartition) -> {
            if (begins[output] > 0 && count == Long.MAX_VALUE) {
                byPartition.forEach((partition, offset) -> from[partition] = Math.max(from[partition], offset));
            }
        });
    }

    private boolean add(int output, int partition, long offset) {
        if (partition >= results.length || offset < 0) {
            return false;
        }
        results[partition].add(offset);
        smallest.computeIfAbsent(output, key -> new HashMap<>()).merge(partition, offset, Math::min);
        return true;
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
