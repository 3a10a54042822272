package dev.noether.flink.notify;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open incidents that a receiver was told. It is a function of the records so far, so a notifier that starts again
 * makes it again from the topic. Not thread safe.
 */
final class ToldIncidents {
    /** The largest number of open incidents; beyond it the oldest is forgotten. */
    static final int MAX_OPEN = 100_000;

    private final Severity least;
    private final Map<String, Incident> open = new LinkedHashMap<>();

    /** @param least least severity that is told */
    ToldIncidents(Severity least) {
        this.least = least;
    }

    /**
     * Takes the next record of the topic.
     *
     * @return what the receiver must be told; null if it must be told nothing
     */
    @Nullable
    Notice add(Incident incident) {
        Incident told = open.get(incident.id());
        Severity before = told == null ? null : told.severity();
        if (incident.state() == IncidentState.RESOLVED) {
            open.remove(incident.id());
            return told == null ? null : new Notice(incident, IncidentState.RESOLVED, before);
        }
        if (!isLoud(incident)) {
            return null;
        }
        open.put(incident.id(), incident);
        if (open.size() > MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
        return new Notice(incident, told == null ? IncidentState.OPENED : IncidentState.UPDATED, before);
    }

    /** Whether anybody is told: a member of a group is told by the record of its group. */
    private boolean isLoud(Incident incident) {
        return incident.suppressed() == null
                && incident.group().id() == null
                && incident.severity().compareTo(least) >= 0;
    }

    /** The open incidents, in the order in which they were told; a view. */
    Collection<Incident> open() {
        return Collections.unmodifiableCollection(open.values());
    }
}
