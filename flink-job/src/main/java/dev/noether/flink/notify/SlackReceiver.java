package dev.noether.flink.notify;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** An incoming webhook of Slack, or of a service that takes the same messages, such as Mattermost and Rocket.Chat. */
final class SlackReceiver implements Receiver {
    private static final int FEATURES_SHOWN = 6;
    private static final int LONGEST = 2_900;

    private final URI address;
    private final String link;
    private final WebClient web;

    /**
     * Makes a receiver.
     *
     * @param address address of the webhook, which is a secret
     * @param link address of a page about an incident, see {@link IncidentText#link}
     */
    SlackReceiver(URI address, String link, WebClient web) {
        this.address = address;
        this.link = link;
        this.web = web;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Answer tell(Notice notice) throws InterruptedException {
        return web.post(address, Map.of(), JsonText.of(out -> write(notice, out)));
    }

    private void write(Notice notice, JsonGenerator out) throws IOException {
        Incident incident = notice.incident();
        boolean isOver = notice.change() == IncidentState.RESOLVED;
        out.writeStartObject();
        out.writeStringField("text", "*" + escaped(title(notice)) + "*");
        out.writeArrayFieldStart("attachments");
        out.writeStartObject();
        out.writeStringField("color", isOver ? "#2e7d32" : color(incident));
        out.writeStringField("fallback", escaped(incident.description()));
        out.writeStringField("text", text(incident, isOver));
        out.writeArrayFieldStart("fields");
        if (!isOver) {
            for (Cause cause :
                    incident.diagnosis().causes().stream().limit(FEATURES_SHOWN).toList()) {
                out.writeStartObject();
                out.writeStringField("title", escaped(cause.feature()));
                out.writeStringField("value", IncidentText.values(cause));
                out.writeBooleanField("short", true);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeStringField(
                "footer", escaped("detector " + incident.identity().detector() + " · incident " + incident.id()));
        out.writeNumberField("ts", incident.start() / 1000);
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String title(Notice notice) {
        String title = IncidentText.title(notice);
        return notice.change() == IncidentState.UPDATED ? "Worse: " + title : title;
    }

    private String text(Incident incident, boolean isOver) {
        String sentence = escaped(incident.description());
        String cut = sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
        String text = isOver ? "Lasted " + IncidentText.duration(incident) + ". It was: " + cut : cut;
        return link.isEmpty() ? text : text + "\n<" + IncidentText.link(link, incident) + "|Details>";
    }

    private static String color(Incident incident) {
        return switch (incident.severity()) {
            case LOW -> "#90a4ae";
            case MEDIUM -> "#fbc02d";
            case HIGH -> "#f57c00";
            case CRITICAL -> "#c62828";
        };
    }

    /** Slack reads these three characters as its own marks, such as a mention of everybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
