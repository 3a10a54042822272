package dev.noether.lab.evaluate.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one series.
 *
 * @param name of the series
 * @param table whether its rows are independent
 * @param rows test rows, of one split
 * @param events labelled events, 0 for a table
 * @param figures by detector, in the order of tables; over all splits
 * @param failures by detector: why there are no figures
 * @param budget one line for each promise; empty where this detector failed
 * @param ownBudget the line of the detector's own budget; as {@code budget}
 * @param causes of this detector; null where the series has none
 * @param staticCauses of plain deviations from the training mean; as {@code causes}
 * @param trace for drawing; null where this detector failed, or for a table
 */
public record SeriesReport(
        String name,
        boolean table,
        int rows,
        int events,
        Map<String, Figures> figures,
        Map<String, String> failures,
        List<BudgetLine> budget,
        List<BudgetLine> ownBudget,
        @Nullable CauseFigures causes,
        @Nullable CauseFigures staticCauses,
        @Nullable Trace trace) {
    /** Copies. */
    public SeriesReport {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        budget = List.copyOf(budget);
        ownBudget = List.copyOf(ownBudget);
    }
}
