package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.metric.MetricKind;
import dev.noether.flink.metric.MetricReader;
import dev.noether.flink.metric.MetricReaders;
import dev.noether.flink.metric.MetricReceiver;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Statistics of some records of an import: which of them are rejected, which features have values, and which rows they
 * would become. Its memory is bounded whatever the records hold. Not thread safe.
 */
final class MetricSample implements MetricReceiver {
    private static final int MAX_ROWS = 200_000;
    private static final int MAX_SERIES = 100_000;
    private static final int MAX_STEPS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MetricReader reader;
    private final long intervalMillis;
    private final long disorderMillis;
    private final FeatureSample[] features;
    private final long[] notNumbers;
    private final Map<RejectionReason, ObservationSample.Rejection> rejections = new EnumMap<>(RejectionReason.class);
    private final Set<String> entities = new HashSet<>();
    /** Features that a row has, by entity and start of the interval. */
    private final Map<Row, BitSet> rows = new HashMap<>();

    private final Map<Series, Long> lastTimes = new HashMap<>();
    private final Map<Integer, Long> newestOfPartition = new HashMap<>();
    private final long[] steps = new long[MAX_STEPS];
    private int stepCount;
    private int partition;
    private long records;
    private long used;
    private long values;
    private long late;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    private record Row(String entity, long start) {}

    private record Series(String entity, int feature, long labels) {}

    MetricSample(DetectorConfig config) {
        reader = MetricReaders.of(config, PATIENCE);
        intervalMillis = config.source().imported().interval().toMillis();
        disorderMillis = config.source().imported().disorder().toMillis();
        features = new FeatureSample[config.features().size()];
        Arrays.setAll(features, i -> new FeatureSample());
        notNumbers = new long[features.length];
    }

    /** Adds a record; the records of a partition in the order of their offsets. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        records++;
        partition = 31 * record.topic().hashCode() + record.partition();
        try {
            used += reader.read(record, this) > 0 ? 1 : 0;
        } catch (MalformedRecordException e) {
            reject(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private void reject(RejectionReason reason, String problem) {
        rejections.merge(
                reason,
                new ObservationSample.Rejection(1, problem),
                (first, next) -> new ObservationSample.Rejection(first.count() + 1, first.example()));
    }

    @Override
    public void refused(int count, RejectionReason reason, String problem) {
        reject(reason, problem);
    }

    @Override
    public void value(String entity, int feature, long series, long timeMillis, MetricKind kind, double value) {
        values++;
        if (Double.isNaN(value)) {
            notNumbers[feature]++;
            return;
        }
        features[feature].add((float) value);
        oldest = Math.min(oldest, timeMillis);
        newest = Math.max(newest, timeMillis);
        long start = Math.floorDiv(timeMillis, intervalMillis) * intervalMillis;
        long reached = newestOfPartition.merge(partition, timeMillis, Math::max);
        late += reached >= start + intervalMillis + disorderMillis ? 1 : 0;
        addRow(entity, start, feature);
        addStep(new Series(entity, feature, series), timeMillis);
    }

    private void addRow(String entity, long start, int feature) {
        if (rows.size() < MAX_ROWS) {
            entities.add(entity);
            rows.computeIfAbsent(new Row(entity, start), row -> new BitSet()).set(feature);
        }
    }

    private void addStep(Series series, long time) {
        Long before = lastTimes.get(series);
        if (before != null && time > before && stepCount < MAX_STEPS) {
            steps[stepCount++] = time - before;
        }
        if (before == null ? lastTimes.size() < MAX_SERIES : time > before) {
            lastTimes.put(series, time);
        }
    }

    long records() {
        return records;
    }

    /** Returns the number of records with values of the detector's features. */
    long used() {
        return used;
    }

    long values() {
        return values;
    }

    /** Returns the number of values whose interval their own partition has passed. */
    long late() {
        return late;
    }

    int entities() {
        return entities.size();
    }

    /** Returns the number of rows that the values would become. */
    int rows() {
        return rows.size();
    }

    /** Returns the number of rows that would have a feature. */
    long rowsWith(int feature) {
        return rows.values().stream().filter(row -> row.get(feature)).count();
    }

    /** Returns the largest number of series that a feature has in one entity. */
    int seriesOf(int feature) {
        Map<String, Integer> counts = new HashMap<>();
        lastTimes.keySet().stream()
                .filter(series -> series.feature == feature)
                .forEach(series -> counts.merge(series.entity, 1, Integer::sum));
        return counts.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    FeatureSample feature(int feature) {
        return features[feature];
    }

    long notNumbers(int feature) {
        return notNumbers[feature];
    }

    Map<RejectionReason, ObservationSample.Rejection> rejections() {
        return rejections;
    }

    /** Returns the oldest time of a value, milliseconds; meaningless without values. */
    long oldest() {
        return oldest;
    }

    /** Returns the newest time of a value, milliseconds; meaningless without values. */
    long newest() {
        return newest;
    }

    /** Returns the median time between two values of a series; empty if no series has two. */
    Optional<Duration> step() {
        long[] sorted =
                IntStream.range(0, stepCount).mapToLong(i -> steps[i]).sorted().toArray();
        return sorted.length == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(sorted[sorted.length / 2]));
    }
}
