package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * The comparison of a challenger, which scores in shadow and raises nothing, with the model in force.
 *
 * @param detector the detector's name
 * @param model the challenger
 * @param champion the model in force
 * @param range event times of the shadow
 * @param rows numbers of rows
 * @param alarms numbers of alarms
 * @param figures how both compare
 * @param outcome state of the shadow
 * @param updatedAt time at which the record was written, milliseconds since 1970 UTC
 */
public record ShadowComparison(
        String detector,
        ModelIdentity model,
        ModelIdentity champion,
        ShadowRange range,
        ShadowRows rows,
        ShadowAlarms alarms,
        ShadowFigures figures,
        ShadowOutcome outcome,
        long updatedAt)
        implements ModelsRecord {
    public ShadowComparison {
        requireNonNull(detector, "detector");
        requireNonNull(model, "model");
        requireNonNull(champion, "champion");
        requireNonNull(outcome, "outcome");
    }
}
