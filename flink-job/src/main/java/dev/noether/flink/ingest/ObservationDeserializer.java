package dev.noether.flink.ingest;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.RejectionReason;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns each Kafka record into a row, or into a rejected record. It never throws for bad data: no record that anybody
 * can send restarts the job.
 *
 * <p>Checks the length, the encoding, the entity, the event time and the features, in this order. The first error is
 * the reason of the rejection. Not thread safe.
 */
public final class ObservationDeserializer implements KafkaRecordDeserializationSchema<IngestResult> {
    private static final long serialVersionUID = 1L;

    private final ObservationLimits limits;
    private final FeatureReader features;
    private final RejectedRecordWriter rejections;

    private transient @Nullable ObservationCodec codec;

    /** Makes a deserializer for the features and limits of a detector. */
    public ObservationDeserializer(DetectorConfig config) {
        this(config, JobClock.SYSTEM);
    }

    /** Makes a deserializer that judges event times by a given clock. */
    ObservationDeserializer(DetectorConfig config, JobClock clock) {
        limits = new ObservationLimits(
                config.output().observationMaxBytes(), EventTimeLimits.of(config.entities()), clock);
        features = new FeatureReader(
                config.features(), config.entities().missing(config.features().names()));
        rejections = new RejectedRecordWriter(config.output().rejectedMaxBytes());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<IngestResult> out) {
        out.collect(ingest(record));
    }

    @Override
    public TypeInformation<IngestResult> getProducedType() {
        return WireTypes.INGEST_RESULT;
    }

    /** Reads one record. */
    public IngestResult ingest(ConsumerRecord<byte[], byte[]> record) {
        try {
            return row(record);
        } catch (MalformedRecordException e) {
            return rejections.write(record, e.reason(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // No such record is known. If there is one, it must not stop the stream for ever.
            return rejections.write(record, RejectionReason.OTHER, "decoding failed: " + e);
        }
    }

    private ObservationRow row(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] bytes = record.value();
        limits.checkLength(bytes);
        Observation observation = codec().decode(bytes);
        limits.checkEntity(observation.entity());
        limits.checkEventTime(observation.eventTime(), record.timestamp());
        float[] values = features.read(observation.features());
        return new ObservationRow(
                observation.entity(), observation.eventTime(), record.partition(), record.offset(), values);
    }

    private ObservationCodec codec() {
        ObservationCodec current = codec;
        if (current == null) {
            current = new ObservationCodec();
            codec = current;
        }
        return current;
    }
}
