package dev.noether.flink.assembly;

import dev.noether.flink.wire.MetricResult;
import dev.noether.flink.wire.WireTypes;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink's Kafka source, with the clocks of the partitions in its checkpoints. What is late is judged by these clocks: a
 * restart must not change it. It reads the checkpoints of Flink's own source.
 */
public final class ClockedSource
        implements Source<MetricResult, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<MetricResult> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<MetricResult> source;
    /** The one that the source itself has: Java's serialization keeps them one object. */
    private final MetricDeserializer deserializer;

    ClockedSource(KafkaSource<MetricResult> source, MetricDeserializer deserializer) {
        this.source = source;
        this.deserializer = deserializer;
    }

    @Override
    public SourceReader<MetricResult, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new ClockedReader<>(source.createReader(context), deserializer.clocks());
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new ClockedSplitSerializer();
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws IOException {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<MetricResult> getProducedType() {
        return WireTypes.METRIC_RESULT;
    }
}
