package dev.noether.flink.notify;

import static java.util.Objects.requireNonNull;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told: an incident, and what changed. Immutable.
 *
 * @param incident newest record of the incident
 * @param change OPENED if the receiver has not heard of the incident before, UPDATED or RESOLVED otherwise
 * @param before severity that the receiver was told last; null if it was told nothing
 */
record Notice(
        Incident incident, IncidentState change, @Nullable Severity before) {
    Notice {
        requireNonNull(incident, "incident");
        requireNonNull(change, "change");
    }

    /**
     * The key by which a receiver recognises a notice that it has received before: id and change, and for an update
     * also the event time of its record.
     */
    String key() {
        String key = incident.id() + ":" + change;
        return change == IncidentState.UPDATED ? key + ":" + incident.time() : key;
    }
}
