package dev.noether.lab.chaos.audit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The committed incidents of a run.
 *
 * @param incidents different incidents
 * @param doubled incidents that were opened more than once
 * @param withoutOpening incidents that were updated or resolved and never opened
 * @param silences incidents of kind SILENCE
 * @param falseSilences those of servers that reported in every step
 */
public record IncidentCheck(long incidents, long doubled, long withoutOpening, long silences, long falseSilences) {
    /**
     * Reads the topic.
     *
     * @param neverSilent names of the servers that reported in every step
     */
    public static IncidentCheck read(DetectorConfig config, Set<String> neverSilent) {
        Map<String, Integer> openings = new HashMap<>();
        Set<String> silences = new HashSet<>();
        Set<String> falseSilences = new HashSet<>();
        OutputCodec<Incident> codec = OutputCodec.incidents();
        TopicReader.readAll(config, config.topics().incidents(), record -> {
            try {
                Incident incident = codec.decode(record.value());
                openings.merge(incident.id(), incident.state() == IncidentState.OPENED ? 1 : 0, Integer::sum);
                if (incident.kind() == IncidentKind.SILENCE) {
                    silences.add(incident.id());
                    if (neverSilent.contains(incident.entity())) {
                        falseSilences.add(incident.id());
                    }
                }
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("an incident cannot be read: " + e.getMessage(), e);
            }
        });
        long doubled = openings.values().stream().filter(count -> count > 1).count();
        long without = openings.values().stream().filter(count -> count == 0).count();
        return new IncidentCheck(openings.size(), doubled, without, silences.size(), falseSilences.size());
    }
}
