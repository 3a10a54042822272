package dev.noether.flink.ingest;

import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.RejectionReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads Noether's own records. Not thread safe. */
final class NoetherRowReader implements RowReader {
    private final FeatureSchema schema;
    private final ObservationLimits limits;
    private final FeatureReader features;
    private final ObservationCodec codec = new ObservationCodec();

    NoetherRowReader(FeatureSchema schema, ObservationLimits limits, FeatureReader features) {
        this.schema = schema;
        this.limits = limits;
        this.features = features;
    }

    @Override
    public ObservationRow row(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] bytes = record.value();
        limits.checkLength(bytes);
        Observation observation = codec.decode(bytes);
        limits.checkEntity(observation.entity());
        limits.checkEventTime(observation.eventTime(), record.timestamp());
        float[] values = features.read(observation.features());
        return new ObservationRow(
                observation.entity(), observation.eventTime(), record.partition(), record.offset(), values);
    }

    @Override
    public ObservationIdentity identity(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        Observation observation = decode(record);
        return new ObservationIdentity(observation.entity(), observation.eventTime());
    }

    @Override
    public void report(ConsumerRecord<byte[], byte[]> record, ValueReceiver receiver) throws MalformedRecordException {
        Features all = decode(record).features();
        if (all instanceof Features.Named named) {
            named.values().forEach(receiver::value);
        } else if (all instanceof Features.Positional positional
                && positional.schemaFingerprint() == schema.fingerprint()
                && positional.values().length == schema.size()) {
            for (int i = 0; i < positional.values().length; i++) {
                receiver.value(schema.name(i), positional.values()[i]);
            }
        }
    }

    @Override
    public String problem() {
        return "";
    }

    private Observation decode(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] bytes = record.value();
        if (bytes == null || bytes.length == 0) {
            throw new MalformedRecordException(RejectionReason.EMPTY, "the record has no value");
        }
        return codec.decode(bytes);
    }
}
