package dev.noether.flink.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The Alertmanagers of one cluster, by their API v2: an open incident is an alert that fires, and a resolved one is an
 * alert that has ended.
 *
 * <p>An Alertmanager keeps alerts in memory and ends those that nobody repeats. So the open incidents are repeated each
 * minute, and an alert ends by itself {@link #LASTS} after the last repetition.
 */
final class AlertmanagerReceiver implements Receiver {
    /** How long an alert fires after it was last sent. */
    static final Duration LASTS = Duration.ofMinutes(15);

    private static final Duration REPEAT = Duration.ofMinutes(1);
    private static final int ALERTS_OF_A_REQUEST = 500;
    private static final int MEMBERS_SHOWN = 20;

    private final List<URI> addresses;
    private final Map<String, String> headers;
    private final String link;
    private final WebClient web;
    private final Clock clock;

    /**
     * Makes a receiver.
     *
     * @param urls base addresses
     * @param headers further headers
     * @param link address of a page about an incident, see {@link IncidentText#link}
     */
    AlertmanagerReceiver(List<URI> urls, Map<String, String> headers, String link, WebClient web, Clock clock) {
        this.addresses = urls.stream().map(AlertmanagerReceiver::alerts).toList();
        this.headers = Map.copyOf(headers);
        this.link = link;
        this.web = web;
        this.clock = clock;
    }

    private static URI alerts(URI base) {
        return URI.create(base.toString().replaceFirst("/+$", "") + "/api/v2/alerts");
    }

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public Answer tell(Notice notice) throws InterruptedException {
        List<Alert> alerts = new ArrayList<>();
        Incident incident = notice.incident();
        Severity before = notice.before();
        if (before != null && before != incident.severity()) {
            // The severity is a label, and labels make the alert: the alert of the former severity ends.
            alerts.add(new Alert(incident, before, false));
        }
        alerts.add(new Alert(incident, incident.severity(), notice.change() != IncidentState.RESOLVED));
        return post(alerts);
    }

    @Override
    public Duration repeatEvery() {
        return REPEAT;
    }

    @Override
    public Answer repeat(Collection<Incident> open) throws InterruptedException {
        List<Alert> alerts = new ArrayList<>();
        for (Incident incident : open) {
            alerts.add(new Alert(incident, incident.severity(), true));
            if (alerts.size() == ALERTS_OF_A_REQUEST) {
                Answer answer = post(alerts);
                if (!(answer instanceof Answer.Delivered)) {
                    return answer;
                }
                alerts.clear();
            }
        }
        return alerts.isEmpty() ? new Answer.Delivered() : post(alerts);
    }

    /** Posts to every Alertmanager. One that takes the alerts suffices: the others get them with the next repetition. */
    private Answer post(List<Alert> alerts) throws InterruptedException {
        byte[] json = JsonText.of(out -> {
            out.writeStartArray();
            for (Alert alert : alerts) {
                write(alert, out);
            }
            out.writeEndArray();
        });
        boolean isDelivered = false;
        Answer last = new Answer.Delivered();
        for (URI address : addresses) {
            Answer answer = web.post(address, headers, json);
            isDelivered |= answer instanceof Answer.Delivered;
            last = answer instanceof Answer.Delivered ? last : answer;
        }
        return isDelivered ? new Answer.Delivered() : last;
    }

    /**
     * One alert.
     *
     * @param severity value of the label
     */
    private record Alert(Incident incident, Severity severity, boolean fires) {}

    private void write(Alert alert, JsonGenerator out) throws IOException {
        Incident incident = alert.incident();
        long now = clock.millis();
        // Event times may be ahead of this clock, and Alertmanager wants the start before the end.
        long start = Math.min(incident.start(), now - 1);
        long end = alert.fires() ? now + LASTS.toMillis() : Math.max(start + 1, Math.min(incident.end(), now));
        out.writeStartObject();
        writeLabels(alert, out);
        writeAnnotations(incident, out);
        out.writeStringField("startsAt", IncidentText.time(start));
        out.writeStringField("endsAt", IncidentText.time(end));
        if (!link.isEmpty()) {
            out.writeStringField("generatorURL", IncidentText.link(link, incident));
        }
        out.writeEndObject();
    }

    private static void writeLabels(Alert alert, JsonGenerator out) throws IOException {
        Incident incident = alert.incident();
        out.writeObjectFieldStart("labels");
        out.writeStringField("alertname", "NoetherIncident");
        out.writeStringField("detector", incident.identity().detector());
        if (!incident.entity().isEmpty()) {
            out.writeStringField("entity", incident.entity());
        }
        out.writeStringField("kind", IncidentText.kind(incident.kind()));
        out.writeStringField("severity", IncidentText.lower(alert.severity()));
        out.writeStringField("incident", incident.id());
        out.writeEndObject();
    }

    private void writeAnnotations(Incident incident, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("annotations");
        out.writeStringField("summary", incident.description());
        for (Cause cause : incident.diagnosis().causes()) {
            out.writeStringField(
                    "feature_" + cause.feature().replaceAll("[^A-Za-z0-9_]", "_"), IncidentText.values(cause));
        }
        if (incident.group().memberCount() > 0) {
            out.writeStringField("members", members(incident));
        }
        if (!link.isEmpty()) {
            out.writeStringField("link", IncidentText.link(link, incident));
        }
        out.writeEndObject();
    }

    private static String members(Incident group) {
        List<String> shown =
                group.group().members().stream().limit(MEMBERS_SHOWN).toList();
        int more = group.group().memberCount() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }
}
