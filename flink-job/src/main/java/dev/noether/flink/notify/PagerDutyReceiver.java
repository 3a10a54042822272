package dev.noether.flink.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** PagerDuty, by its Events API v2. The id of an incident is the key by which PagerDuty recognises it. */
final class PagerDutyReceiver implements Receiver {
    private static final int LONGEST_SUMMARY = 1_024;

    private final URI address;
    private final String key;
    private final String link;
    private final WebClient web;

    /**
     * Makes a receiver.
     *
     * @param key integration key, a secret
     * @param link address of a page about an incident, see {@link IncidentText#link}
     */
    PagerDutyReceiver(URI address, String key, String link, WebClient web) {
        this.address = address;
        this.key = key;
        this.link = link;
        this.web = web;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public Answer tell(Notice notice) throws InterruptedException {
        return web.post(address, Map.of(), JsonText.of(out -> write(notice, out)));
    }

    private void write(Notice notice, JsonGenerator out) throws IOException {
        Incident incident = notice.incident();
        boolean isOver = notice.change() == IncidentState.RESOLVED;
        out.writeStartObject();
        out.writeStringField("routing_key", key);
        out.writeStringField("event_action", isOver ? "resolve" : "trigger");
        out.writeStringField("dedup_key", incident.id());
        if (!isOver) {
            out.writeStringField("client", "Noether");
            writePayload(incident, out);
            if (!link.isEmpty()) {
                out.writeStringField("client_url", IncidentText.link(link, incident));
            }
        }
        out.writeEndObject();
    }

    private static void writePayload(Incident incident, JsonGenerator out) throws IOException {
        String summary = incident.description();
        out.writeObjectFieldStart("payload");
        out.writeStringField(
                "summary",
                summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY - 1) + "…");
        out.writeStringField(
                "source", incident.entity().isEmpty() ? incident.identity().detector() : incident.entity());
        out.writeStringField("severity", severity(incident));
        out.writeStringField("timestamp", IncidentText.time(incident.start()));
        out.writeStringField("group", incident.identity().detector());
        out.writeStringField("class", IncidentText.kind(incident.kind()));
        out.writeObjectFieldStart("custom_details");
        for (Cause cause : incident.diagnosis().causes()) {
            out.writeStringField(cause.feature(), IncidentText.values(cause));
        }
        if (incident.group().memberCount() > 0) {
            out.writeNumberField("entities", incident.group().memberCount());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static String severity(Incident incident) {
        return switch (incident.severity()) {
            case LOW -> "info";
            case MEDIUM -> "warning";
            case HIGH -> "error";
            case CRITICAL -> "critical";
        };
    }
}
