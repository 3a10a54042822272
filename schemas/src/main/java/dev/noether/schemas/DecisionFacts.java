package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every decision on a model says.
 *
 * @param detector the detector's name
 * @param model the model that was decided on
 * @param champion the model that was in force; of a withdrawal, the model that takes over; null if there is none
 * @param reason one sentence
 * @param decidedBy the gate, the probation, or a person's name
 * @param decidedAt time of the decision, milliseconds since 1970 UTC
 * @param figures what the decision rests on, in the order of the checks
 */
public record DecisionFacts(
        String detector,
        ModelIdentity model,
        @Nullable ModelIdentity champion,
        String reason,
        String decidedBy,
        long decidedAt,
        List<GateFigure> figures) {
    public DecisionFacts {
        requireNonNull(detector, "detector");
        requireNonNull(model, "model");
        requireNonNull(reason, "reason");
        requireNonNull(decidedBy, "decidedBy");
        figures = List.copyOf(figures);
    }
}
