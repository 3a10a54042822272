package dev.noether.lab.evaluate;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.SeriesReport;

/** Receives the steps of an evaluation. May be called by several threads, one call at a time. */
public interface EvaluationListener {
    /** The files of a series have been read; no detector has started yet. */
    default void read(String set, EvaluationSeries series) {}

    /**
     * A detector starts on a series.
     *
     * @param timeLeft estimated time for the rest of the evaluation, as text
     */
    void starts(String set, String series, String detector, String timeLeft);

    /** This detector has scored the test rows of one split. */
    void scored(String set, EvaluationSeries series, int split, DetectorOutput output);

    /** All detectors have finished a series. */
    void completed(String set, SeriesReport report);
}
