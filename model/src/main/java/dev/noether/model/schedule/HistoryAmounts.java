package dev.noether.model.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * Computes what layers take off the rows of the history that they were learned from: at each repeat of a period, with the
 * layer that was fitted without this repeat. So the history is corrected as well as later rows will be, and no better.
 */
final class HistoryAmounts {
    private HistoryAmounts() {}

    /**
     * Computes the amounts.
     *
     * @return row-major {@code [rows, features]}
     */
    static float[] of(CellSeries cells, ScheduleSeries series, List<FittedLayer> layers, float[] tolerance) {
        int features = cells.features();
        float[] amounts = new float[cells.rows() * features];
        float[] parts = new float[amounts.length];
        float[] low = new float[features];
        float[] high = new float[features];
        float[] usualLow = new float[features];
        float[] usualHigh = new float[features];
        int[][][] first = new int[layers.size()][][];
        for (int l = 0; l < first.length; l++) {
            first[l] = layers.get(l).folds().stream()
                    .map(ScheduleLayer::firstEntries)
                    .toArray(int[][]::new);
        }
        for (int i = 0; i < cells.rows(); i++) {
            Arrays.fill(low, 0);
            Arrays.fill(high, 0);
            Arrays.fill(usualLow, 0);
            Arrays.fill(usualHigh, 0);
            boolean any = false;
            for (int l = 0; l < first.length; l++) {
                any |= addRange(layers.get(l), first[l], cells.cellOfRow(i), low, high, usualLow, usualHigh);
            }
            for (int j = 0; any && j < features; j++) {
                int at = i * features + j;
                int before = at - features;
                float value = series.rows()[at];
                parts[at] = i == 0
                        ? Math.max(low[j], Math.min(high[j], 0))
                        : ScheduleCorrector.part(
                                value,
                                series.rows()[before] - parts[before],
                                parts[before],
                                low[j],
                                high[j],
                                usualLow[j],
                                usualHigh[j],
                                tolerance[j]);
                amounts[at] = Math.max(low[j], Math.min(high[j], parts[at]));
            }
        }
        return amounts;
    }

    private static boolean addRange(
            FittedLayer fitted,
            int[][] first,
            int cell,
            float[] low,
            float[] high,
            float[] usualLow,
            float[] usualHigh) {
        PhaseGrid grid = fitted.grid();
        int group = grid.groupOf(grid.repeat(cell));
        ScheduleLayer layer = fitted.folds().get(group);
        int bin = grid.bin(cell);
        int end = first[group][bin + 1];
        for (int entry = first[group][bin]; entry < end; entry++) {
            low[layer.feature()[entry]] += layer.low()[entry];
            high[layer.feature()[entry]] += layer.high()[entry];
            usualLow[layer.feature()[entry]] += layer.usualLow()[entry];
            usualHigh[layer.feature()[entry]] += layer.usualHigh()[entry];
        }
        return end > first[group][bin];
    }
}
