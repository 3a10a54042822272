package dev.noether.flink.assembly;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.RejectedRecordWriter;
import dev.noether.flink.metric.MetricReader;
import dev.noether.flink.metric.MetricReaders;
import dev.noether.flink.source.registry.SourceUnavailableException;
import dev.noether.flink.wire.MetricResult;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns each record of an import into batches of values, into a rejected record, or into nothing if it has no metric of
 * the detector. It never throws for bad data. Not thread safe.
 */
// Flink calls open, which sets the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
final class MetricDeserializer implements KafkaRecordDeserializationSchema<MetricResult> {
    private static final long serialVersionUID = 1L;

    /** How long a record waits for a schema registry: as long as it takes. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final DetectorConfig config;
    private final RejectedRecordWriter rejections;
    private final PartitionClocks clocks = new PartitionClocks();

    private transient MetricCounters counters;
    private transient BatchBuilder batches;
    private transient @Nullable String lastTopic;
    private transient int lastPartition;
    private transient @Nullable PartitionClock lastClock;
    private transient volatile @Nullable MetricReader reader;

    MetricDeserializer(DetectorConfig config) {
        this.config = config;
        rejections = new RejectedRecordWriter(config.output().rejectedMaxBytes());
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        MetricGroup group = context.getMetricGroup().addGroup("noether");
        group.gauge("sourceProblem", this::problem);
        group.gauge("sourceWaiting", () -> problem().isEmpty() ? 0 : 1);
        counters = MetricCounters.of(config.features(), group);
        batches = new BatchBuilder(counters);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<MetricResult> out) {
        batches.clear();
        try {
            if (reader().read(record, batches) == 0) {
                counters.unused().inc();
                return;
            }
        } catch (MalformedRecordException e) {
            out.collect(rejections.write(record, e.reason(), String.valueOf(e.getMessage())));
            return;
        } catch (SourceUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // No such record is known. If there is one, it must not stop the stream for ever.
            out.collect(rejections.write(record, RejectionReason.OTHER, "decoding failed: " + e));
            return;
        }
        batches.flush(clock(record.topic(), record.partition()), out);
    }

    @Override
    public TypeInformation<MetricResult> getProducedType() {
        return WireTypes.METRIC_RESULT;
    }

    /** The clocks of the partitions that this instance reads. They are part of its checkpoints. */
    PartitionClocks clocks() {
        return clocks;
    }

    /** The clock of a partition. Neighbouring records are mostly of one partition. */
    private PartitionClock clock(String topic, int partition) {
        PartitionClock clock = lastClock;
        if (clock == null || partition != lastPartition || !topic.equals(lastTopic)) {
            clock = clocks.of(new TopicPartition(topic, partition));
            lastClock = clock;
            lastTopic = topic;
            lastPartition = partition;
        }
        return requireNonNull(clock);
    }

    /** Why records wait now, in one line; empty if none does. For any thread. */
    private String problem() {
        MetricReader current = reader;
        return current == null ? "" : current.problem();
    }

    private MetricReader reader() {
        MetricReader current = reader;
        if (current == null) {
            current = MetricReaders.of(config, FOR_EVER);
            reader = current;
        }
        return current;
    }
}
