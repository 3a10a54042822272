package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the gaps of histories, where NaN is a missing value: with the last value before it in its run, else with the first
 * behind it, else with the mean of all values of the feature, else with 0. The network can then be trained on whole rows. What is
 * filled in is a flat piece of the past, and no fair judge of a detector; histories that are mostly gaps should not be used.
 */
public final class GapFilling {
    private GapFilling() {}

    /**
     * Returns the histories without gaps; where there are none, the same objects.
     *
     * @param histories of any entities
     * @param features values in a row
     */
    public static List<EntityHistory> filled(List<EntityHistory> histories, int features) {
        boolean gaps =
                histories.stream().flatMap(history -> history.runs().stream()).anyMatch(run -> hasGap(run.rows()));
        if (!gaps) {
            return histories;
        }
        float[] means = means(histories, features);
        List<EntityHistory> filled = new ArrayList<>();
        for (EntityHistory history : histories) {
            filled.add(new EntityHistory(
                    history.entity(),
                    history.runs().stream()
                            .map(run -> filled(run, features, means))
                            .toList()));
        }
        return filled;
    }

    private static boolean hasGap(float[] rows) {
        for (float value : rows) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static float[] means(List<EntityHistory> histories, int features) {
        double[] sums = new double[features];
        long[] counts = new long[features];
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int index = 0; index < run.rows().length; index++) {
                    float value = run.rows()[index];
                    if (!Float.isNaN(value)) {
                        sums[index % features] += value;
                        counts[index % features]++;
                    }
                }
            }
        }
        float[] means = new float[features];
        for (int j = 0; j < features; j++) {
            means[j] = counts[j] == 0 ? 0 : (float) (sums[j] / counts[j]);
        }
        return means;
    }

    private static Run filled(Run run, int features, float[] means) {
        float[] rows = run.rows().clone();
        for (int j = 0; j < features; j++) {
            float last = Float.NaN;
            for (int index = j; index < rows.length; index += features) {
                if (Float.isNaN(rows[index])) {
                    rows[index] = last;
                } else {
                    last = rows[index];
                }
            }
            float next = means[j];
            for (int index = rows.length - features + j; index >= 0; index -= features) {
                if (Float.isNaN(rows[index])) {
                    rows[index] = next;
                } else {
                    next = rows[index];
                }
            }
        }
        return new Run(run.times(), rows);
    }
}
