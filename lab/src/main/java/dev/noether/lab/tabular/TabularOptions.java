package dev.noether.lab.tabular;

import static java.util.Objects.requireNonNull;

import dev.noether.model.training.TrainingOptions;
import java.util.List;

/**
 * The options of a detector for independent rows.
 *
 * @param codeSize number of code units, at least 1; at most half of the number of features is used
 * @param hiddenWidths widths of the hidden layers of the encoder; the decoder mirrors them
 * @param neighbours number of nearest normal rows in the mean distance, at least 1
 * @param references largest number of normal rows for comparison, at least {@code neighbours}
 * @param residualWeight weight of the logarithm of the whitened residual beside that of the distance, at least 0
 * @param ridge ridge of the covariance of the residuals, relative to its mean diagonal, above 0
 * @param steps largest number of optimiser steps, within the epochs of {@code training}
 * @param training options of the network's training
 */
public record TabularOptions(
        int codeSize,
        List<Integer> hiddenWidths,
        int neighbours,
        int references,
        double residualWeight,
        double ridge,
        int steps,
        TrainingOptions training) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public TabularOptions {
        hiddenWidths = List.copyOf(hiddenWidths);
        requireNonNull(training, "training");
        if (codeSize < 1 || neighbours < 1 || steps < 1) {
            throw new IllegalArgumentException("`codeSize`, `neighbours` and `steps` must be at least 1 (got "
                    + codeSize + ", " + neighbours + " and " + steps + ")");
        }
        if (references < neighbours) {
            throw new IllegalArgumentException(
                    "`references` must be at least `neighbours` = " + neighbours + " (got " + references + ")");
        }
        if (!(residualWeight >= 0 && residualWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`residualWeight` must be finite and at least 0 (got " + residualWeight + ")");
        }
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`ridge` must be finite and above 0 (got " + ridge + ")");
        }
    }

    /**
     * Returns the defaults: 10 code units, layers of 64 and 32, 2 nearest of 10,000 rows, residual weight 0.25, ridge
     * 0.1.
     */
    public static TabularOptions defaults() {
        return new TabularOptions(10, List.of(64, 32), 2, 10_000, 0.25, 0.1, 25_000, TrainingOptions.defaults());
    }
}
