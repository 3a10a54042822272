package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the topic of incidents. */
public final class IncidentTopic {
    private IncidentTopic() {}

    /**
     * The latest record of each incident, in the order of the first records.
     *
     * @throws IllegalStateException if a record cannot be decoded
     */
    public static List<Incident> latestStates(DetectorConfig config) {
        OutputCodec<Incident> codec = OutputCodec.incidents();
        Map<String, Incident> byId = new LinkedHashMap<>();
        TopicReader.readAll(config, config.topics().incidents(), record -> {
            try {
                Incident incident = codec.decode(record.value());
                byId.put(incident.id(), incident);
            } catch (MalformedRecordException exception) {
                throw new IllegalStateException(
                        record.topic() + " partition " + record.partition() + " offset " + record.offset()
                                + " cannot be read: " + exception.getMessage(),
                        exception);
            }
        });
        return new ArrayList<>(byId.values());
    }
}
