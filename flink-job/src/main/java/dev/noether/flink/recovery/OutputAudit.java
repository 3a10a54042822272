package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the output topics of a detector contain, compared with its observations.
 *
 * @param partitions audits of the partitions of the observations topic, in order
 * @param incidents progress of the incidents in the topic, by id
 * @param isCreatedAgain whether the observations topic was created again; results of the earlier one do not count
 */
public record OutputAudit(
        List<PartitionAudit> partitions, Map<String, IncidentProgress> incidents, boolean isCreatedAgain) {
    private static final long SPARE_OFFSETS = 10_000;

    /**
     * Reads the output topics up to their present ends.
     *
     * @param config configuration of the detector
     * @param read offsets up to which the observations were read, by partition; observations before them count as
     *     missing even if no later one has a result
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static OutputAudit read(DetectorConfig config, Map<Integer, Long> read) {
        return new AuditReader(config).read(read);
    }

    /**
     * Reads the ends of the output topics: the results of the observations between two checkpoints.
     *
     * @param config configuration of the detector
     * @param since offsets of the earlier checkpoint, by partition
     * @param read offsets of the later one, after which nothing was written
     */
    public static OutputAudit readEnd(DetectorConfig config, Map<Integer, Long> since, Map<Integer, Long> read) {
        long count = read.entrySet().stream()
                .mapToLong(one -> one.getValue() - since.getOrDefault(one.getKey(), 0L))
                .sum();
        // Each transaction adds a marker, and later ones may have been aborted.
        return new AuditReader(config, since, 2 * count + SPARE_OFFSETS).read(read);
    }

    /** Whether every observation that was read has a result. */
    public boolean isComplete() {
        return partitions.stream().allMatch(partition -> partition.missing().isEmpty());
    }

    /** Returns this audit with the missing results that an earlier one missed too. */
    OutputAudit stillMissing(OutputAudit earlier) {
        Map<Integer, OffsetRanges> before = new TreeMap<>();
        earlier.partitions.forEach(one -> before.put(one.partition(), one.missing()));
        return new OutputAudit(
                partitions.stream()
                        .map(one -> one.withMissing(
                                one.missing().intersect(before.getOrDefault(one.partition(), OffsetRanges.NONE))))
                        .toList(),
                incidents,
                isCreatedAgain);
    }

    /** Number of observations without a result. */
    public long missing() {
        return partitions.stream().mapToLong(one -> one.missing().count()).sum();
    }

    /** Whether any observation has a result. */
    public boolean hasResults() {
        return partitions.stream().anyMatch(partition -> !partition.results().isEmpty());
    }

    /** Number of offsets behind the newest result of each partition: observations that wait to be scored. */
    public long waiting() {
        return partitions.stream()
                .mapToLong(partition -> Math.max(0, partition.end() - partition.next()))
                .sum();
    }

    /** Returns one line for each partition in which results are missing. */
    public List<String> messages() {
        List<String> messages = new ArrayList<>();
        for (PartitionAudit partition : partitions) {
            if (!partition.missing().isEmpty()) {
                messages.add(partition.message());
            }
        }
        return messages;
    }

    /** Returns the first offset without a result, by partition. */
    public Map<Integer, Long> firstWithout() {
        Map<Integer, Long> first = new TreeMap<>();
        partitions.forEach(one -> first.put(one.partition(), one.firstWithout()));
        return first;
    }

    /** Returns the offsets behind all results and all observations that were read, by partition. */
    public Map<Integer, Long> upTo(Map<Integer, Long> read) {
        Map<Integer, Long> upTo = new TreeMap<>();
        partitions.forEach(one -> upTo.put(
                one.partition(), Math.max(one.next(), Math.min(one.end(), read.getOrDefault(one.partition(), 0L)))));
        return upTo;
    }

    /** Returns the offsets with a result. */
    CommittedOffsets committed() {
        Map<Integer, OffsetRanges> results = new TreeMap<>();
        partitions.forEach(one -> results.put(one.partition(), one.results()));
        return new CommittedOffsets(results);
    }
}
