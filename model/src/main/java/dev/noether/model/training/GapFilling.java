package dev.noether.model.training;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces missing values (NaN) of histories, so that a network can be trained on complete rows. The replacement is the
 * last value before the gap in the same run; else the first value after it; else the mean of the feature; else 0.
 *
 * <p>Filled values are constant over time and easy to reconstruct. Histories that consist mostly of gaps should not be
 * used for training or evaluation.
 */
public final class GapFilling {
    private static final double LITTLE_SHARE = 0.1;

    private GapFilling() {}

    /**
     * Returns the histories with all gaps filled; the same objects if there are none.
     *
     * @param histories histories by entity; not changed
     * @param features values in a row
     */
    public static List<EntityHistory> fill(List<EntityHistory> histories, int features) {
        boolean hasGaps =
                histories.stream().flatMap(history -> history.runs().stream()).anyMatch(run -> hasGap(run.rows()));
        if (!hasGaps) {
            return histories;
        }
        double[] means = means(histories, features);
        List<EntityHistory> filled = new ArrayList<>();
        for (EntityHistory history : histories) {
            filled.add(new EntityHistory(
                    history.entity(),
                    history.runs().stream()
                            .map(run -> fill(run, features, means))
                            .toList()));
        }
        return filled;
    }

    /** The longest number of consecutive rows without a value of each feature, {@code [features]}. */
    static int[] longest(List<EntityHistory> histories, int features) {
        int[] longest = new int[features];
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                int[] present = new int[features];
                for (int i = 0; i < run.rows().length; i++) {
                    int j = i % features;
                    present[j] = Double.isNaN(run.rows()[i]) ? present[j] + 1 : 0;
                    longest[j] = Math.max(longest[j], present[j]);
                }
            }
        }
        return longest;
    }

    /** The features with values in less than a tenth of the rows, with the number of these; empty if there is none. */
    static String littleHistory(List<EntityHistory> histories, FeatureSchema features) {
        long[] values = new long[features.size()];
        long rows = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                rows += run.count();
                for (int i = 0; i < run.rows().length; i++) {
                    values[i % values.length] += Double.isNaN(run.rows()[i]) ? 0 : 1;
                }
            }
        }
        List<String> little = new ArrayList<>();
        for (int j = 0; j < values.length; j++) {
            if (values[j] < LITTLE_SHARE * rows) {
                little.add(features.name(j) + " (" + values[j] + " of " + rows + ")");
            }
        }
        return String.join(", ", little);
    }

    private static boolean hasGap(double[] rows) {
        for (double value : rows) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static double[] means(List<EntityHistory> histories, int features) {
        double[] sums = new double[features];
        long[] counts = new long[features];
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int index = 0; index < run.rows().length; index++) {
                    double value = run.rows()[index];
                    if (!Double.isNaN(value)) {
                        sums[index % features] += value;
                        counts[index % features]++;
                    }
                }
            }
        }
        double[] means = new double[features];
        for (int j = 0; j < features; j++) {
            means[j] = counts[j] == 0 ? 0 : sums[j] / counts[j];
        }
        return means;
    }

    private static Run fill(Run run, int features, double[] means) {
        double[] rows = run.rows().clone();
        for (int j = 0; j < features; j++) {
            double last = Double.NaN;
            for (int index = j; index < rows.length; index += features) {
                if (Double.isNaN(rows[index])) {
                    rows[index] = last;
                } else {
                    last = rows[index];
                }
            }
            double next = means[j];
            for (int index = rows.length - features + j; index >= 0; index -= features) {
                if (Double.isNaN(rows[index])) {
                    rows[index] = next;
                } else {
                    next = rows[index];
                }
            }
        }
        return new Run(run.times(), rows);
    }
}
