package dev.noether.lab.bench;

import dev.noether.flink.mapping.SourceFormat;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes observations in the format of a source, flat: entity, time, and each feature by its name. Not thread-safe. */
final class SourceRecords {
    private final SourceFormat format;
    private final FeatureSchema features;
    private final ObservationCodec codec = new ObservationCodec();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);

    SourceRecords(SourceFormat format, FeatureSchema features) {
        this.format = format;
        this.features = features;
    }

    /** Returns the section {@code source} of a detector that reads the records. */
    String yaml() {
        return switch (format) {
            case NOETHER, CONFLUENT_AVRO, OTLP_PROTO, OTLP_JSON, PROMETHEUS_JSON -> "";
            case JSON -> "source: {format: json, entity: host, time: ts}\n";
            case INFLUX -> "source: {format: influx, entity: host}\n";
            case AVRO -> "source: {format: avro, entity: host, time: ts, schema: '" + schema() + "'}\n";
        };
    }

    private Schema schema() {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("Row").fields().requiredString("host").requiredLong("ts");
        for (String name : features.names()) {
            fields = fields.requiredDouble(name);
        }
        return fields.endRecord();
    }

    byte[] encode(Observation observation) {
        float[] values = ((Features.Positional) observation.features()).values();
        return switch (format) {
            case NOETHER, CONFLUENT_AVRO, OTLP_PROTO, OTLP_JSON, PROMETHEUS_JSON -> codec.encode(observation);
            case JSON -> json(observation, values);
            case INFLUX -> influx(observation, values);
            case AVRO -> avro(observation, values);
        };
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

    private byte[] avro(Observation observation, float[] values) {
        try {
            buffer.reset();
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
