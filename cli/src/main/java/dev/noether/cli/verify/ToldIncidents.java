package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.MalformedRecordException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The incidents of a topic, each as it was told last. */
public final class ToldIncidents {
    private ToldIncidents() {}

    /** Reads the topic from its beginning to where it ends now. */
    public static List<Incident> read(DetectorConfig config) {
        IncidentCodec codec = new IncidentCodec();
        Map<String, Incident> byId = new LinkedHashMap<>();
        TopicReader.readAll(config, config.topics().incidents(), record -> {
            try {
                Incident incident = codec.decode(record.value());
                byId.put(incident.id(), incident);
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("a record of " + config.topics().incidents() + " is no incident", e);
            }
        });
        return new ArrayList<>(byId.values());
    }
}
