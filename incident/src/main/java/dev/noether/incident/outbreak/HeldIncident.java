package dev.noether.incident.outbreak;

import dev.noether.incident.report.IncidentBytes;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** An incident that is held back until it is known whether it belongs to a group. Not thread safe. */
final class HeldIncident {
    /** By the time at which the incidents opened. */
    static final Comparator<HeldIncident> OLDEST_FIRST = Comparator.comparingLong(HeldIncident::onset)
            .thenComparing(held -> held.opened.entity())
            .thenComparing(held -> held.opened.id());

    private Incident opened;

    @Nullable
    private Incident resolved;

    HeldIncident(Incident opened) {
        this.opened = opened;
    }

    /** Returns the report that opens the incident, with all updates so far. */
    Incident opened() {
        return opened;
    }

    /** Returns the report that resolves the incident; null while it is open. */
    @Nullable
    Incident resolved() {
        return resolved;
    }

    /** Returns the event time at which the incident opened. */
    long onset() {
        return opened.time();
    }

    /** Adds a later report. An update replaces the report that opens the incident, because nobody has seen that yet. */
    void add(Incident report) {
        if (report.state() == IncidentState.RESOLVED) {
            resolved = report;
        } else {
            opened = report.withState(IncidentState.OPENED).withTime(opened.time());
        }
    }

    void write(DataOutput target) throws IOException {
        IncidentBytes.write(opened, target);
        target.writeBoolean(resolved != null);
        if (resolved != null) {
            IncidentBytes.write(resolved, target);
        }
    }

    static HeldIncident read(DataInput source, String detector, boolean hasFindings) throws IOException {
        HeldIncident held = new HeldIncident(IncidentBytes.read(source, detector, hasFindings));
        held.resolved = source.readBoolean() ? IncidentBytes.read(source, detector, hasFindings) : null;
        return held;
    }
}
