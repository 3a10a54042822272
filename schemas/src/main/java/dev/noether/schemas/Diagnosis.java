package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The explanation of an incident.
 *
 * @param causes the leading features, largest deviation first
 * @param shape how the first of these features deviated
 * @param description the incident in one sentence
 */
public record Diagnosis(List<Cause> causes, BreakShape shape, String description) {
    public Diagnosis {
        requireNonNull(causes, "causes");
        requireNonNull(shape, "shape");
        requireNonNull(description, "description");
    }
}
