package dev.noether.flink.ingest;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.Ingested;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Features;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of each Kafka record, or a rejected record where it cannot: it never throws for bad data, so that no bytes
 * that anyone can send restart the job.
 *
 * <p>Looks, in this order, at the length, the encoding, the entity, the event time and the features; the first fault
 * is the reason.
 */
public final class ObservationDeserializer implements KafkaRecordDeserializationSchema<Ingested> {
    private static final long serialVersionUID = 1L;

    /** The most that a rejected record holds besides its value: names, error text, key. */
    public static final int REJECTED_OVERHEAD_BYTES = 1 << 16;

    /** The longest name of an entity, UTF-16 units: it stands in the key and in the value of each of its scores. */
    public static final int LONGEST_ENTITY = 1024;

    private static final int KEPT_KEY_BYTES = 1 << 15;
    private static final int LONGEST_ERROR = 1000;

    private final String[] names;
    private final long fingerprint;
    private final int maxBytes;
    private final int keptBytes;
    private final long maxAheadMillis;
    /** Whether a feature may be missing, one for each. */
    private final boolean[] mayBeMissing;

    private transient @Nullable ObservationCodec codec;

    /** Makes a deserializer for a detector's features and limits. */
    public ObservationDeserializer(DetectorConfig config) {
        FeatureSchema features = config.features();
        names = features.names().toArray(new String[0]);
        fingerprint = features.fingerprint();
        maxBytes = config.output().observationMaxBytes();
        keptBytes = config.output().rejectedMaxBytes();
        maxAheadMillis = config.entities().maxAhead().toMillis();
        List<MissingPolicy> policies = config.entities().missing(features.names());
        mayBeMissing = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            mayBeMissing[i] = policies.get(i) != MissingPolicy.REJECT;
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested> out) {
        out.collect(ingest(record));
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return WireTypes.INGESTED;
    }

    /** Returns what becomes of a record. */
    public Ingested ingest(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Ingested.of(row(record));
        } catch (MalformedRecordException e) {
            return Ingested.of(rejected(record, e.reason(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Not known to happen. If it does, one odd record must not stop the stream for ever.
            return Ingested.of(rejected(record, RejectionReason.OTHER, "decoding failed: " + e));
        }
    }

    private ObservationRow row(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] bytes = record.value();
        if (bytes == null || bytes.length == 0) {
            throw new MalformedRecordException(RejectionReason.EMPTY, "the record has no value");
        }
        if (bytes.length > maxBytes) {
            throw new MalformedRecordException(
                    RejectionReason.TOO_LARGE, bytes.length + " bytes, at most " + maxBytes + " are allowed");
        }
        Observation observation = codec().decode(bytes);
        if (observation.entity().isBlank()) {
            throw new MalformedRecordException(RejectionReason.NO_ENTITY, "the entity is empty");
        }
        if (observation.entity().length() > LONGEST_ENTITY) {
            throw new MalformedRecordException(
                    RejectionReason.TOO_LARGE,
                    "the entity's name has " + observation.entity().length() + " characters, at most " + LONGEST_ENTITY
                            + " are allowed");
        }
        checkTime(observation.eventTime(), record.timestamp());
        float[] values = observation.features() instanceof Features.Positional positional
                ? positional(positional)
                : named(((Features.Named) observation.features()).values());
        check(values);
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

    private void checkTime(long eventTime, long kafkaTime) throws MalformedRecordException {
        if (eventTime < 0) {
            throw new MalformedRecordException(
                    RejectionReason.IMPOSSIBLE_TIME, "the event time " + eventTime + " is before 1970");
        }
        // A negative Kafka time means that the record has none. Both are not negative here: no overflow.
        if (kafkaTime >= 0 && eventTime - kafkaTime > maxAheadMillis) {
            throw new MalformedRecordException(
                    RejectionReason.IMPOSSIBLE_TIME,
                    "the event time " + eventTime + " is " + (eventTime - kafkaTime)
                            + " ms ahead of the record's Kafka timestamp " + kafkaTime + ", at most " + maxAheadMillis
                            + " ms are allowed");
        }
    }

    private float[] positional(Features.Positional features) throws MalformedRecordException {
        if (features.schemaFingerprint() != fingerprint) {
            throw new MalformedRecordException(
                    RejectionReason.UNKNOWN_FEATURE_SCHEMA,
                    String.format(
                            "the feature schema's fingerprint is %016x, expected %016x",
                            features.schemaFingerprint(), fingerprint));
        }
        float[] values = features.values();
        if (values.length != names.length) {
            throw new MalformedRecordException(
                    RejectionReason.WRONG_FEATURE_COUNT, values.length + " features, expected " + names.length);
        }
        return values;
    }

    private float[] named(Map<String, Float> features) throws MalformedRecordException {
        float[] values = new float[names.length];
        for (int i = 0; i < names.length; i++) {
            Float value = features.get(names[i]);
            if (value == null && !mayBeMissing[i]) {
                throw new MalformedRecordException(
                        RejectionReason.MISSING_FEATURE, "the feature " + names[i] + " is missing");
            }
            values[i] = value == null ? Float.NaN : value;
        }
        return values;
    }

    /** NaN is how a value says that it is missing; infinite is no value at all. */
    private void check(float[] values) throws MalformedRecordException {
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                if (!Float.isNaN(values[i]) || !mayBeMissing[i]) {
                    throw new MalformedRecordException(
                            RejectionReason.NOT_FINITE, "the feature " + names[i] + " is " + values[i]);
                }
                missing++;
            }
        }
        if (missing == values.length) {
            throw new MalformedRecordException(
                    RejectionReason.MISSING_FEATURE, "none of the " + missing + " features has a value");
        }
    }

    @SuppressWarnings("NullAway") // key and value may be null; the annotation on an array is lost between modules
    private Rejected rejected(ConsumerRecord<byte[], byte[]> record, RejectionReason reason, String error) {
        byte[] key = record.key();
        byte[] value = record.value();
        String told = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) + "…" : error;
        if (key != null && key.length > KEPT_KEY_BYTES) {
            told += " (the key of " + key.length + " bytes is cut)";
        }
        return new Rejected(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                reason,
                told,
                cut(key, KEPT_KEY_BYTES),
                cut(value, keptBytes),
                value == null ? -1 : value.length);
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }
}
