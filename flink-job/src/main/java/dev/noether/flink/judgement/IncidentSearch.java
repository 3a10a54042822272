package dev.noether.flink.judgement;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.NearestKey;
import dev.noether.flink.judgement.FeedbackException.Reason;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The search for an incident by its id, or by the first characters of it, among all incidents of a detector. */
final class IncidentSearch {
    private static final int SHOWN = 3;
    private static final int LEAST_CHARACTERS = 4;

    private final DetectorConfig config;
    private final String id;
    /** The newest record of each incident whose id begins like the searched one, or whose group's id does. */
    private final Map<String, Incident> found = new LinkedHashMap<>();

    private final Map<String, Incident> members = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();

    private IncidentSearch(DetectorConfig config, String id) {
        this.config = config;
        this.id = id;
    }

    /**
     * Returns the newest record of an incident; of a group also those of its members, after it.
     *
     * @param id the id, or its first characters
     * @throws FeedbackException if there is no such incident, or several
     */
    static List<Incident> find(DetectorConfig config, String id) {
        if (id.length() < LEAST_CHARACTERS) {
            throw new FeedbackException(
                    Reason.NO_INCIDENT,
                    "`" + id + "` is too short for the id of an incident: give at least " + LEAST_CHARACTERS
                            + " characters");
        }
        IncidentSearch search = new IncidentSearch(config, id);
        OutputCodec<Incident> codec = OutputCodec.incidents();
        TopicReader.readAll(config, config.topics().incidents(), record -> {
            if (record.value() != null) {
                search.add(codec, record.value());
            }
        });
        return search.result();
    }

    private void add(OutputCodec<Incident> codec, byte[] bytes) {
        Incident incident;
        try {
            incident = codec.decode(bytes);
        } catch (MalformedRecordException e) {
            // Not an incident: another program writes to the topic too.
            return;
        }
        if (incident.id().startsWith(id)) {
            found.put(incident.id(), incident);
        } else {
            others.put(incident.id(), name(incident));
        }
        String group = incident.group().id();
        if (group != null && group.startsWith(id)) {
            members.put(incident.id(), incident);
        }
    }

    private static String name(Incident incident) {
        return incident.id() + " (" + (incident.entity().isEmpty() ? incident.kind() : incident.entity()) + ", "
                + Instant.ofEpochMilli(incident.start()) + ")";
    }

    private List<Incident> result() {
        Incident exact = found.get(id);
        if (exact == null && found.size() > 1) {
            throw new FeedbackException(
                    Reason.NO_INCIDENT,
                    found.size() + " incidents begin with `" + id + "`: "
                            + found.values().stream()
                                    .limit(SHOWN)
                                    .map(IncidentSearch::name)
                                    .collect(Collectors.joining(", "))
                            + (found.size() > SHOWN ? ", …" : "") + "; give more characters");
        }
        if (found.isEmpty()) {
            throw new FeedbackException(
                    Reason.NO_INCIDENT,
                    "no incident `" + id + "` in the topic " + config.topics().incidents() + "; " + suggestion());
        }
        Incident incident = exact == null ? found.values().iterator().next() : exact;
        if (!incident.identity().detector().equals(config.detector())) {
            throw new FeedbackException(
                    Reason.NO_INCIDENT,
                    "the incident " + incident.id() + " is of the detector `"
                            + incident.identity().detector() + "`, and --config is of `" + config.detector() + "`");
        }
        List<Incident> all = new ArrayList<>(List.of(incident));
        if (incident.kind() == IncidentKind.GROUP) {
            members.values().stream()
                    .filter(member -> incident.id().equals(member.group().id()))
                    .forEach(all::add);
        }
        return all;
    }

    private String suggestion() {
        if (others.isEmpty()) {
            return "the topic has no incident";
        }
        return NearestKey.similar(others.keySet().stream(), id)
                .map(nearest -> "the nearest is " + others.get(nearest))
                .orElseGet(() -> "the newest are "
                        + others.values().stream()
                                .skip(Math.max(0, others.size() - SHOWN))
                                .collect(Collectors.joining(", ")));
    }
}
