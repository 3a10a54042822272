package dev.noether.lab.evaluate;

import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.evaluate.measure.SeriesReport;

/** Hears what an evaluation does. May be called by several threads, one call at a time. */
public interface EvaluationListener {
    /**
     * A detector starts on a series.
     *
     * @param timeLeft for all that is still to be done, as text
     */
    void starts(String set, String series, String detector, String timeLeft);

    /** This detector has judged the rows of one split. */
    void judged(String set, EvaluationSeries series, int split, JudgedSeries judged);

    /** All detectors are through with a series. */
    void completed(String set, SeriesReport report);
}
