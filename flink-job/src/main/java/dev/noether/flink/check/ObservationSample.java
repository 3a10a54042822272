package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Statistics of some records of the observations topic: which of them the ingest rejects, which features they report,
 * and their event times. Its memory is bounded whatever the records hold. Not thread safe.
 */
public final class ObservationSample {
    private static final int MAX_NAMES = 10_000;
    private static final int MAX_ENTITIES = 100_000;
    private static final int MAX_INTERVALS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObservationDeserializer deserializer;
    private final Map<RejectionReason, Rejection> rejections = new EnumMap<>(RejectionReason.class);
    private final Map<String, FeatureSample> features = new TreeMap<>();
    private final Map<String, Long> newestByEntity = new HashMap<>();
    private final long[] intervals = new long[MAX_INTERVALS];
    private int intervalCount;
    private long records;
    private long rows;
    private long decoded;
    private long outOfOrder;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    /**
     * The rejected records of one reason.
     *
     * @param count number of records
     * @param example the error of the first of them
     */
    record Rejection(long count, String example) {}

    /** Makes an empty sample. */
    public ObservationSample(DetectorConfig config) {
        this.deserializer = ObservationDeserializer.waiting(config, PATIENCE);
    }

    /** Adds a record; the records of a partition in the order of their offsets. */
    public void add(ConsumerRecord<byte[], byte[]> record) {
        records++;
        addFeatures(record);
        IngestResult result = deserializer.ingest(record);
        if (result instanceof ObservationRow row) {
            addRow(row);
        } else if (result instanceof RejectedRecord rejected) {
            addRejection(rejected.rejected());
        }
    }

    private void addRejection(Rejected rejected) {
        rejections.merge(
                rejected.reason(),
                new Rejection(1, rejected.error()),
                (first, next) -> new Rejection(first.count() + 1, first.example()));
    }

    /** Also of records that are rejected: a misspelt name is a reason to reject them. */
    private void addFeatures(ConsumerRecord<byte[], byte[]> record) {
        if (deserializer.report(record, this::addValue)) {
            decoded++;
        }
    }

    private void addValue(String name, float value) {
        FeatureSample feature = features.get(name);
        if (feature == null) {
            if (features.size() == MAX_NAMES) {
                return;
            }
            feature = new FeatureSample();
            features.put(name, feature);
        }
        feature.add(value);
    }

    private void addRow(ObservationRow row) {
        rows++;
        oldest = Math.min(oldest, row.eventTime());
        newest = Math.max(newest, row.eventTime());
        Long before = newestByEntity.get(row.entity());
        if (before != null && row.eventTime() < before) {
            outOfOrder++;
            return;
        }
        if (before != null && row.eventTime() > before && intervalCount < MAX_INTERVALS) {
            intervals[intervalCount++] = row.eventTime() - before;
        }
        if (before != null || newestByEntity.size() < MAX_ENTITIES) {
            newestByEntity.put(row.entity(), row.eventTime());
        }
    }

    /** Returns the number of records. */
    long records() {
        return records;
    }

    /** Returns the number of records that the ingest accepts. */
    long rows() {
        return rows;
    }

    /** Returns the number of records that are observations, accepted or not. */
    long decoded() {
        return decoded;
    }

    /** Returns the number of rows that are older than an earlier one of their entity. */
    long outOfOrder() {
        return outOfOrder;
    }

    int entities() {
        return newestByEntity.size();
    }

    /** Returns the oldest event time, milliseconds; meaningless without rows. */
    long oldest() {
        return oldest;
    }

    /** Returns the newest event time, milliseconds; meaningless without rows. */
    long newest() {
        return newest;
    }

    Map<RejectionReason, Rejection> rejections() {
        return rejections;
    }

    /** Returns the features that the records name, by name; without values where the value is always missing. */
    Map<String, FeatureSample> features() {
        return features;
    }

    /** Returns the median time from a row of an entity to its next; empty without two rows of one entity. */
    Optional<Duration> interval() {
        if (intervalCount == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(intervals, intervalCount);
        Arrays.sort(sorted);
        return Optional.of(Duration.ofMillis(sorted[intervalCount / 2]));
    }
}
