package dev.noether.model.gate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of the gate.
 *
 * @param figures every figure that was measured, in the order of the checks
 * @param basis what the figures rest on, such as "2,592 rows that model 3 and the trial model have not seen"
 */
public record GateReport(List<Figure> figures, String basis) {
    public GateReport {
        figures = List.copyOf(figures);
    }

    /** Whether the new model passed all checks. */
    public boolean isPassed() {
        return figures.stream().allMatch(Figure::isPassed);
    }

    /** A sentence: why the model was refused, or on what it was accepted. */
    public String reason() {
        if (isPassed()) {
            return "All " + figures.size() + " figures are within their limits, on " + basis + ".";
        }
        return figures.stream()
                .filter(figure -> !figure.isPassed())
                .map(figure -> figure.name() + ": " + figure.sentence())
                .collect(Collectors.joining("; ", "", ". Judged on " + basis + "."));
    }
}
