package dev.noether.flink.notify;

import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** Texts about incidents that several receivers use. Stateless; thread safe. */
final class IncidentText {
    private IncidentText() {}

    /** What a notice is about, in a few words, such as "critical anomaly of web-3". */
    static String title(Notice notice) {
        Incident incident = notice.incident();
        String what = lower(incident.severity()) + " " + kind(incident.kind());
        String where =
                incident.entity().isEmpty() ? "detector " + incident.identity().detector() : incident.entity();
        String title = what + " of " + where;
        return notice.change() == IncidentState.RESOLVED ? "Resolved: " + title : capital(title);
    }

    /** The kind of an incident in words. */
    static String kind(IncidentKind kind) {
        return switch (kind) {
            case ANOMALY -> "anomaly";
            case SILENCE -> "silence";
            case STALL -> "stall";
            case GROUP -> "outbreak";
            case OTHER -> "incident";
        };
    }

    /** The values of a feature, such as "97.2, expected 20.1 (usual range 18 to 22)". */
    static String values(Cause cause) {
        String text =
                ReadableQuantity.number(cause.observed()) + ", expected " + ReadableQuantity.number(cause.expected());
        return Float.isNaN(cause.usualLow()) || Float.isNaN(cause.usualHigh())
                ? text
                : text + " (usual range " + ReadableQuantity.number(cause.usualLow()) + " to "
                        + ReadableQuantity.number(cause.usualHigh()) + ")";
    }

    /** The duration of an incident so far, such as "12 min". */
    static String duration(Incident incident) {
        return ReadableQuantity.duration(Math.max(0, incident.end() - incident.start()));
    }

    /**
     * The address of a page about an incident.
     *
     * @param template address with {@code {id}}, {@code {entity}} and {@code {detector}}; empty for none
     */
    static String link(String template, Incident incident) {
        return template.replace("{id}", encoded(incident.id()))
                .replace("{entity}", encoded(incident.entity()))
                .replace("{detector}", encoded(incident.identity().detector()));
    }

    /** A time as RFC 3339 takes it. A time beyond the year 9999 is limited. */
    static String time(long millis) {
        return Instant.ofEpochMilli(Math.max(0, Math.min(millis, 253_402_300_799_000L)))
                .toString();
    }

    /** The name of a constant in lower case. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
