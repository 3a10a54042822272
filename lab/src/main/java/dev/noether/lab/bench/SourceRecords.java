package dev.noether.lab.bench;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes observations in the format of a source, flat: entity, time, and each feature by its name. Not thread-safe. */
final class SourceRecords {
    /** Number of the schema of the rows in the registry. */
    static final int SCHEMA_ID = 1;

    private final BenchmarkSource format;
    private final OtlpRecords otlp;
    private final FeatureSchema features;
    private final ObservationCodec codec = new ObservationCodec();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);

    SourceRecords(BenchmarkSource format, FeatureSchema features) {
        this.format = format;
        this.features = features;
        otlp = new OtlpRecords(features.names());
    }

    /**
     * Returns the sections of a detector that reads the records.
     *
     * @param topic topic of the records
     * @param registry address of a schema registry that has {@link #schema} with the number {@link #SCHEMA_ID}
     */
    String yaml(String topic, String registry) {
        String imported = "interval: PT1S, disorder: PT1S, topics: [" + topic + "]";
        return switch (format) {
            case NOETHER -> "";
            case JSON -> "source: {format: json, entity: host, time: ts}\n";
            case INFLUX -> "source: {format: influx, entity: host}\n";
            case AVRO -> "source: {format: avro, entity: host, time: ts, schema: '" + schema() + "'}\n";
            case CONFLUENT_AVRO ->
                "source: {format: confluent-avro, entity: host, time: ts}\nregistry: {url: '" + registry + "'}\n";
            case OTLP_PROTO -> "source: {format: otlp-proto, entity: host.name, " + imported + "}\n";
            case LONG ->
                "source: {format: json, entity: host, time: ts, metric: {name: metric, value: value}, " + imported
                        + "}\n";
        };
    }

    /** Returns the Avro schema of the rows. */
    Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Row").fields().requiredString("host").requiredLong("ts");
        for (String name : features.names()) {
            fields = fields.requiredDouble(name);
        }
        return fields.endRecord();
    }

    /** Returns the records of one observation: one, or one for each value. */
    List<byte[]> encode(Observation observation) {
        float[] values = ((Features.Positional) observation.features()).values();
        return switch (format) {
            case NOETHER -> List.of(codec.encode(observation));
            case JSON -> List.of(json(observation, values));
            case INFLUX -> List.of(influx(observation, values));
            case AVRO -> List.of(avro(observation, values, false));
            case CONFLUENT_AVRO -> List.of(avro(observation, values, true));
            case OTLP_PROTO -> List.of(otlp.encode(observation.entity(), observation.eventTime(), values));
            case LONG -> single(observation, values);
        };
    }

    private List<byte[]> single(Observation observation, float[] values) {
        List<byte[]> records = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            String text = "{\"host\": \"" + observation.entity() + "\", \"ts\": " + observation.eventTime()
                    + ", \"metric\": \"" + features.name(i) + "\", \"value\": " + values[i] + "}";
            records.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }

    private byte[] json(Observation observation, float[] values) {
        StringBuilder text = new StringBuilder("{\"host\": \"" + observation.entity() + "\", \"ts\": ");
        text.append(observation.eventTime());
        for (int i = 0; i < values.length; i++) {
            text.append(", \"").append(features.name(i)).append("\": ").append(values[i]);
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] influx(Observation observation, float[] values) {
        StringBuilder text = new StringBuilder("row,host=" + observation.entity() + " ");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(features.name(i)).append('=').append(values[i]);
        }
        return text.append(' ')
                .append(observation.eventTime())
                .append("000000")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] avro(Observation observation, float[] values, boolean hasNumber) {
        try {
            buffer.reset();
            if (hasNumber) {
                buffer.writeBytes(ByteBuffer.allocate(1 + Integer.BYTES)
                        .put((byte) 0)
                        .putInt(SCHEMA_ID)
                        .array());
            }
            encoder.writeString(observation.entity());
            encoder.writeLong(observation.eventTime());
            for (float value : values) {
                encoder.writeDouble(value);
            }
            encoder.flush();
            return buffer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
    }
}
