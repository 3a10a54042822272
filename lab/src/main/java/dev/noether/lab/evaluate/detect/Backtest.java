package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.model.training.TrainingRefusedException;

/**
 * Trains this detector on a series' training rows and judges its test rows, as a live detector would have. Thread-safe.
 */
public interface Backtest {
    /**
     * Judges every test row, in order.
     *
     * @throws TrainingRefusedException if no model can be made of the training rows
     * @throws InterruptedException if the thread is interrupted
     */
    DetectorOutput run(EvaluationSeries series) throws InterruptedException;

    /**
     * Checks that a series can be evaluated, before the first training.
     *
     * @throws dev.noether.cli.data.StreamDataException if it is too short
     */
    default void check(EvaluationSeries series) {}
}
