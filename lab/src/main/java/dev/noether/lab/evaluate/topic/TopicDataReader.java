package dev.noether.lab.evaluate.topic;

import static java.util.Objects.requireNonNull;

import dev.noether.cli.console.BadUseException;
import dev.noether.flink.check.RefusalReason;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.model.training.BlockSampler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic once and splits its observations by time. The history goes through the sampler of the retraining job, the
 * test into {@link TestRows}. Not thread safe.
 */
public final class TopicDataReader {
    /** Arrays of a test row's scores, and the copies that are made of it on the way. */
    private static final long RESULT_BYTES = 80;

    private static final int SHARE_OF_HEAP = 5;
    private static final int PROGRESS_RECORDS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final TopicSpan span;
    private final BlockSampler sampler;
    private final TestRows rows;
    private final long[] values;
    private final Map<String, Long> rejected = new TreeMap<>();
    private long testRows;
    private long records;

    /** Makes a reader for one use. */
    public TopicDataReader(DetectorConfig config, TopicSpan span) {
        this(config, span, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    TopicDataReader(DetectorConfig config, TopicSpan span, long mostBytes) {
        this.config = config;
        this.span = span;
        int width = config.features().size();
        sampler = new BlockSampler(
                width,
                Math.max(config.retraining().rows().maxRows(), BlockSampler.BLOCK_ROWS),
                config.entities().max(),
                config.retraining().optimiser().seed());
        rows = new TestRows(width, mostBytes, RESULT_BYTES + (long) width * Double.BYTES);
        values = new long[width];
    }

    /**
     * Reads.
     *
     * @param progress learns how many records were read so far
     * @throws BadUseException if the history is too short for a model, a feature has no value, or the test has no row
     */
    public TopicData read(LongConsumer progress) {
        ObservationDeserializer deserializer = ObservationDeserializer.waiting(config, PATIENCE);
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            starts(consumer, partitions, ends).forEach(consumer::seek);
            TopicReader.readUntil(consumer, ends, record -> {
                add(deserializer, record);
                if (++records % PROGRESS_RECORDS == 0) {
                    progress.accept(records);
                }
            });
        }
        check();
        return new TopicData(
                span,
                sampler.histories(),
                series(),
                new TopicData.Counts(sampler.offeredRows(), testRows, rejected),
                limits());
    }

    private Map<TopicPartition, Long> starts(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
        if (!span.isReadFromStart()) {
            long from = Math.max(
                    0, span.from() - config.entities().times().maxAhead().toMillis());
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, from));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
            starts.replaceAll((partition, begin) -> {
                OffsetAndTimestamp start = found.get(partition);
                return start == null ? ends.getOrDefault(partition, begin) : start.offset();
            });
        }
        return starts;
    }

    private void add(ObservationDeserializer deserializer, ConsumerRecord<byte[], byte[]> record) {
        IngestResult result = deserializer.ingest(record);
        if (result instanceof RejectedRecord reason) {
            rejected.merge(reason.rejected().reason().name(), 1L, Long::sum);
        } else if (result instanceof ObservationRow row && row.eventTime() >= span.from()) {
            add(row);
        }
    }

    private void add(ObservationRow row) {
        if (row.eventTime() < span.split()) {
            sampler.add(row.entity(), row.eventTime(), row.values());
            rows.addHistory(row.entity(), row.eventTime(), row.values());
            for (int feature = 0; feature < values.length; feature++) {
                values[feature] += Double.isNaN(row.values()[feature]) ? 0 : 1;
            }
        } else if (row.eventTime() < span.to()) {
            testRows++;
            rows.addTest(row.entity(), row.eventTime(), row.values());
        }
    }

    private void check() {
        int least = Math.max(
                config.retraining().rows().minRows(),
                TrainingOperator.detectorOptions(config).leastRows());
        long history = sampler.offeredRows();
        if (history < least) {
            throw new BadUseException("the history, from " + Instant.ofEpochMilli(span.from()) + " to "
                    + Instant.ofEpochMilli(span.split()) + ", has " + history
                    + (history == 1 ? " observation" : " observations") + "; a model needs at least " + least
                    + " (retraining.minRows). Begin earlier with --from, or take more of the time for the history with"
                    + " --train-share");
        }
        List<String> unreported = new ArrayList<>();
        for (int feature = 0; feature < values.length; feature++) {
            if (values[feature] == 0) {
                unreported.add(config.features().name(feature));
            }
        }
        if (!unreported.isEmpty()) {
            throw new BadUseException(RefusalReason.unreported(config, unreported));
        }
        if (testRows == 0) {
            throw new BadUseException("there is no observation to judge from " + Instant.ofEpochMilli(span.split())
                    + " to " + Instant.ofEpochMilli(span.to()) + "; move the range with --from and --to");
        }
    }

    /** Empties the store on the way, so that no row is in memory twice for long. */
    private List<EvaluationSeries> series() {
        List<EvaluationSeries> series = new ArrayList<>();
        for (String entity : List.copyOf(rows.test().keySet())) {
            TimedRows test = requireNonNull(rows.test().remove(entity)).inOrder();
            String[] marks = new String[test.length()];
            Arrays.fill(marks, "");
            series.add(new EvaluationSeries(
                    entity,
                    false,
                    config.features().names(),
                    rows.warmUp(entity).inOrder(),
                    test,
                    marks,
                    new boolean[test.length()],
                    List.of(),
                    new EvaluationSeries.Input(false, null)));
        }
        return series;
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (rows.isHalved()) {
            limits.add("Only some of the entities are judged, chosen by a hash of their names: more do not fit into the"
                    + " memory (NOETHER_HEAP sets its size).");
        }
        if (!rows.end().isEmpty()) {
            limits.add("The test ends at " + rows.end()
                    + ": more does not fit into the memory (NOETHER_HEAP sets its size).");
        }
        if (sampler.sampledRows() < sampler.offeredRows()) {
            limits.add(String.format(
                    "The model is trained on a sample of %,d rows (retraining.maxRows).", sampler.sampledRows()));
        }
        return limits;
    }
}
