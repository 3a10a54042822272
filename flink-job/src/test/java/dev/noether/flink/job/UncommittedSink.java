package dev.noether.flink.job;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A Kafka sink whose checkpoints complete and whose transactions stay open: a job that dies before each commit. */
final class UncommittedSink<T> implements TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable> {
    private static final long serialVersionUID = 1L;

    private final TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable> sink;

    @SuppressWarnings("unchecked") // each sink of the job is one of Kafka
    UncommittedSink(Sink<T> sink) {
        this.sink = (TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable>) sink;
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        return new Committer<>() {
            @Override
            public void commit(Collection<CommitRequest<KafkaCommittable>> requests) {
                requests.forEach(CommitRequest::retryLater);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @Override
    public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> createWriter(
            WriterInitContext context) throws IOException {
        return sink.createWriter(context);
    }

    @Override
    public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
        return sink.restoreWriter(context, states);
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }
}
