package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.MappedReader;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the records that a detector file maps. A field that is no number counts as missing; a record is rejected for it
 * only if a required feature is missing, or all are. Not thread safe.
 */
final class MappedRowReader implements RowReader {
    private final FeatureSchema schema;
    private final ObservationLimits limits;
    private final boolean[] isOptional;
    private final NumberCounters notNumbers;
    private final MappedReader reader;

    MappedRowReader(DetectorConfig config, ObservationLimits limits, NumberCounters notNumbers, Duration patience) {
        this.schema = config.features();
        this.limits = limits;
        this.notNumbers = notNumbers;
        isOptional = FeatureReader.optional(config.entities().missing(schema.names()));
        reader = new MappedReader(config, patience);
    }

    @Override
    public ObservationRow row(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        read(record);
        String entity = reader.entity();
        limits.checkEntity(entity);
        long eventTime = reader.eventTime(limits.times(), limits.clock().millis());
        return new ObservationRow(entity, eventTime, record.partition(), record.offset(), values());
    }

    private double[] values() throws MalformedRecordException {
        double[] values = new double[isOptional.length];
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
            if (Double.isNaN(values[i])) {
                missing++;
                if (reader.isPresent(i)) {
                    notNumbers.add(i);
                }
                if (!isOptional[i]) {
                    throw missing("the feature " + schema.name(i) + " is missing: " + reader.absence(i));
                }
            }
        }
        if (missing == values.length) {
            throw missing("none of the " + missing + " features has a value: " + reader.absence(0)
                    + (missing > 1 ? ", and so on" : ""));
        }
        return values;
    }

    /** A number beyond the range of a float is no value that a model could use. */
    private double value(int feature) {
        double value = reader.value(feature);
        return Math.abs(value) <= Float.MAX_VALUE ? value : Double.NaN;
    }

    @Override
    public ObservationIdentity identity(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        read(record);
        return new ObservationIdentity(reader.entity(), reader.eventTime());
    }

    @Override
    public void report(ConsumerRecord<byte[], byte[]> record, ValueReceiver receiver) throws MalformedRecordException {
        read(record);
        for (int i = 0; i < isOptional.length; i++) {
            receiver.value(schema.name(i), (float) value(i));
        }
        reader.listUnused(record.value(), (path, value) -> {
            // A path may also be the name of a feature, which is read from elsewhere.
            if (schema.names().indexOf(path) < 0) {
                receiver.value(path, (float) value);
            }
        });
    }

    @Override
    public String problem() {
        return reader.problem();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] bytes = record.value();
        limits.checkLength(bytes);
        reader.read(bytes, record.key(), record.timestamp());
    }

    private static MalformedRecordException missing(String problem) {
        return new MalformedRecordException(RejectionReason.MISSING_FEATURE, problem);
    }
}
