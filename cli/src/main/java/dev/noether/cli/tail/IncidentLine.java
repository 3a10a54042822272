package dev.noether.cli.tail;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.time.Instant;

/** A report of an incident as one line: time, state, severity, the sentence, the id. Stateless; thread safe. */
public final class IncidentLine {
    private static final int ID_CHARACTERS = 12;

    private IncidentLine() {}

    /** Returns the line. */
    public static String of(Incident incident, Paint paint) {
        String head = String.format("%-8s  %-8s", incident.state(), incident.severity());
        boolean isQuiet = incident.suppressed() != null || incident.group().id() != null;
        return Instant.ofEpochMilli(incident.time()) + "  "
                + (isQuiet ? paint.faint(head) : painted(head, incident, paint)) + "  "
                + Printable.text(incident.description())
                + paint.faint(notes(incident) + "  [" + shortened(incident.id()) + "]");
    }

    private static String painted(String head, Incident incident, Paint paint) {
        if (incident.state() == IncidentState.RESOLVED) {
            return paint.green(head);
        }
        boolean isGrave = incident.severity().compareTo(Severity.HIGH) >= 0;
        return isGrave ? paint.red(head) : paint.yellow(head);
    }

    /** What decides whether it should alert anybody. */
    private static String notes(Incident incident) {
        String group = incident.group().id();
        String suppressed = incident.suppressed();
        return (group == null ? "" : "; part of the outbreak " + shortened(group))
                + (suppressed == null ? "" : "; no alert: " + Printable.text(suppressed));
    }

    private static String shortened(String id) {
        String text = Printable.text(id);
        return text.length() <= ID_CHARACTERS ? text : text.substring(0, ID_CHARACTERS);
    }
}
