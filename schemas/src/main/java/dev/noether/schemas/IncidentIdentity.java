package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * The part of an incident that is the same in all its reports.
 *
 * @param detector the detector's name
 * @param id hash of detector, kind, entity and start; the same after a failure and in a replay
 * @param entity the entity's name; empty for a group and for a stalled source
 * @param kind the kind of incident
 */
public record IncidentIdentity(String detector, String id, String entity, IncidentKind kind) {
    public IncidentIdentity {
        requireNonNull(detector, "detector");
        requireNonNull(id, "id");
        requireNonNull(entity, "entity");
        requireNonNull(kind, "kind");
    }
}
