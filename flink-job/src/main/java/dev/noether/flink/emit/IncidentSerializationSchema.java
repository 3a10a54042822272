package dev.noether.flink.emit;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;

/** Serialization of incidents. The key is the id, the timestamp the event time of the record. */
final class IncidentSerializationSchema extends CodecSerializationSchema<Incident> {
    private static final long serialVersionUID = 1L;

    IncidentSerializationSchema(String topic, WriteGate gate) {
        super(topic, gate);
    }

    @Override
    RecordCodec<Incident> newCodec() {
        return new IncidentCodec();
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
