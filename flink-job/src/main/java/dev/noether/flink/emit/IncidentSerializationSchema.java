package dev.noether.flink.emit;

import dev.noether.schemas.Incident;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.nio.charset.StandardCharsets;

/** Serialization of incidents. The key is the id, the timestamp the event time of the record. */
final class IncidentSerializationSchema extends CodecSerializationSchema<Incident> {
    private static final long serialVersionUID = 1L;

    IncidentSerializationSchema(String topic, OutputFormat format, WriteGate gate) {
        super(topic, format, gate);
    }

    @Override
    OutputCodec<Incident> newCodec(OutputFormat format) {
        return OutputCodec.incidents(format);
    }

    @Override
    byte[] key(Incident incident) {
        return incident.id().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Long timestamp(Incident incident) {
        // Kafka refuses a negative timestamp.
        return Math.max(0, incident.time());
    }
}
