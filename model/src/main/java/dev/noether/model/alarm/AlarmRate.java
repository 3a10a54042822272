package dev.noether.model.alarm;

import dev.noether.model.numeric.ConfidenceInterval;
import dev.noether.model.numeric.IncompleteBeta;
import java.util.List;

/**
 * The realised rate of false alarms and the promised rate, over windows without an anomaly.
 *
 * @param alarms number of windows that raised an alarm
 * @param windows number of judged windows
 * @param promised alarms promised per window, in (0, 1)
 */
public record AlarmRate(long alarms, long windows, double promised) {
    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if there is no window, there are more alarms than windows, or {@code promised}
     *     is not a rate
     */
    public AlarmRate {
        if (windows < 1) {
            throw new IllegalArgumentException("`windows` must be at least 1 (got " + windows + ")");
        }
        if (alarms < 0 || alarms > windows) {
            throw new IllegalArgumentException("`alarms` must be in [0, " + windows + "] (got " + alarms + ")");
        }
        if (!(promised > 0 && promised < 1)) {
            throw new IllegalArgumentException("`promised` must be in (0, 1) (got " + promised + ")");
        }
    }

    /**
     * Counts the alarms among the normal rows of a labelled series.
     *
     * @param flagged {@code [n]}, the verdicts
     * @param labels {@code [n]}, true is anomalous; anomalous rows are not counted
     * @param promised alarms promised per window, in (0, 1)
     * @throws IllegalArgumentException if the lengths differ, no row is normal, or {@code promised} is not a rate
     */
    public static AlarmRate ofNormalRows(boolean[] flagged, boolean[] labels, double promised) {
        if (flagged.length != labels.length) {
            throw new IllegalArgumentException("`flagged` and `labels` must be of the same length (got "
                    + flagged.length + " and " + labels.length + ")");
        }
        long alarms = 0;
        long windows = 0;
        for (int i = 0; i < labels.length; i++) {
            windows += labels[i] ? 0 : 1;
            alarms += flagged[i] && !labels[i] ? 1 : 0;
        }
        return new AlarmRate(alarms, windows, promised);
    }

    /**
     * Pools the rates of several series; each window has the same weight. If the promised rates differ, because one
     * budget applies to series with different intervals, the pooled promise is their mean over all windows.
     *
     * @param rates rates of the series, at least one
     * @throws IllegalArgumentException if there is none
     */
    public static AlarmRate pooled(List<AlarmRate> rates) {
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("`rates` must not be empty");
        }
        double promised = rates.get(0).promised;
        boolean isShared = true;
        double expected = 0;
        long alarms = 0;
        long windows = 0;
        for (AlarmRate rate : rates) {
            isShared &= rate.promised == promised;
            expected += rate.promised * rate.windows;
            alarms += rate.alarms;
            windows += rate.windows;
        }
        return new AlarmRate(alarms, windows, isShared ? promised : expected / windows);
    }

    /** Alarms per window. */
    public double realised() {
        return (double) alarms / windows;
    }

    /** Realised rate ÷ promised rate. Above 1 there were more alarms than promised. */
    public double ratio() {
        return realised() / promised;
    }

    /**
     * The Clopper–Pearson interval (1934) for the true rate. It has at least the given confidence for independent
     * windows. Neighbouring windows are not independent, so the interval is too narrow if alarms come in clusters.
     *
     * @param confidence confidence, in (0, 1), such as 0.95
     * @throws IllegalArgumentException if the confidence is not in (0, 1)
     */
    public ConfidenceInterval interval(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("`confidence` must be in (0, 1) (got " + confidence + ")");
        }
        double outside = (1 - confidence) / 2;
        double lower = alarms == 0 ? 0 : IncompleteBeta.quantile(outside, (double) alarms, windows - alarms + 1.0);
        // Computed from the upper tail, because 1 − outside would lose precision.
        double upper =
                alarms == windows ? 1 : 1 - IncompleteBeta.quantile(outside, (double) (windows - alarms), alarms + 1.0);
        return new ConfidenceInterval(lower, upper);
    }
}
