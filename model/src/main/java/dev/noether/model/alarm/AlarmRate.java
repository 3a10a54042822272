package dev.noether.model.alarm;

import dev.noether.model.numeric.ConfidenceInterval;
import dev.noether.model.numeric.IncompleteBeta;
import java.util.List;

/**
 * The alarm rate that was promised against the one that came about, over windows that hold no anomaly.
 *
 * @param alarms windows that raised an alarm
 * @param windows windows judged
 * @param promised alarms promised per window, in (0, 1)
 */
public record AlarmRate(long alarms, long windows, double promised) {
    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if there is no window, the alarms are not among them, or {@code promised} is not a
     *     rate
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
     * @param labels {@code [n]}, true is anomalous; such rows are left out
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
     * The rates of several series as one, each window weighing the same. Where the promises differ, as those of one budget do for
     * series that are measured at other intervals, the promise is their mean over the windows: as many alarms as were
     * promised to all.
     *
     * @param rates at least one
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

    /** Realised ÷ promised: 1 is a promise kept to the letter, above 1 one broken. */
    public double ratio() {
        return realised() / promised;
    }

    /**
     * The Clopper–Pearson interval of the rate behind what was realised (1934): it holds at least the given confidence
     * whatever the rate, as long as windows are independent. Neighbouring windows are not, so that it is too narrow where
     * alarms come in clusters.
     *
     * @param confidence in (0, 1), as 0.95
     * @throws IllegalArgumentException if it is not
     */
    public ConfidenceInterval interval(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("`confidence` must be in (0, 1) (got " + confidence + ")");
        }
        double outside = (1 - confidence) / 2;
        double lower = alarms == 0 ? 0 : IncompleteBeta.quantile(outside, (double) alarms, windows - alarms + 1.0);
        // The upper tail is taken from its own end, where 1 − outside would lose digits.
        double upper =
                alarms == windows ? 1 : 1 - IncompleteBeta.quantile(outside, (double) (windows - alarms), alarms + 1.0);
        return new ConfidenceInterval(lower, upper);
    }
}
