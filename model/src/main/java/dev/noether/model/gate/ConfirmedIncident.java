package dev.noether.model.gate;

import static java.util.Objects.requireNonNull;

import dev.noether.model.training.EntityHistory;

/**
 * An incident that a person has confirmed. No model is trained on its rows.
 *
 * @param entity name of the entity
 * @param from event time at which it began
 * @param to event time at which it had ended, exclusive
 * @param rows the entity's rows of the incident, after as many rows as a window needs; NaN is a missing value
 */
public record ConfirmedIncident(String entity, long from, long to, EntityHistory.Run rows) {
    public ConfirmedIncident {
        requireNonNull(entity, "entity");
        requireNonNull(rows, "rows");
        if (to <= from) {
            throw new IllegalArgumentException("`to` must be after `from` (got " + to + " and " + from + ")");
        }
    }

    /** The same incident with other values of its rows. */
    ConfirmedIncident with(EntityHistory.Run otherRows) {
        return new ConfirmedIncident(entity, from, to, otherRows);
    }
}
