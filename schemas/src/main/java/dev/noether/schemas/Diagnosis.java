package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of an incident.
 *
 * @param causes the leading features, largest deviation first
 * @param shape how the first of these features deviated
 * @param description the incident in one sentence
 * @param shapeFinding how the shape of the signal differed at the peak; null if it did not, or if no shape was judged
 */
public record Diagnosis(
        List<Cause> causes,
        BreakShape shape,
        String description,
        @Nullable ShapeFinding shapeFinding) {
    public Diagnosis {
        requireNonNull(causes, "causes");
        requireNonNull(shape, "shape");
        requireNonNull(description, "description");
    }

    /** Makes an explanation without a finding of the shape view. */
    public Diagnosis(List<Cause> causes, BreakShape shape, String description) {
        this(causes, shape, description, null);
    }
}
