package dev.noether.lab.evaluate.detect;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.model.training.HistoryTooShortException;

/** Trains this detector on a series' training rows and judges its test rows, as a live detector would have. Thread-safe. */
public interface Backtest {
    /**
     * Judges every test row, in order.
     *
     * @throws HistoryTooShortException if there are too few training rows for a model
     * @throws InterruptedException if the thread is interrupted
     */
    JudgedSeries run(EvaluationSeries series) throws InterruptedException;
}
