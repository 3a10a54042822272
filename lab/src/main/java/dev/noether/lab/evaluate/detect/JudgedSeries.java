package dev.noether.lab.evaluate.detect;

import dev.noether.lab.metric.LabelledEvent;
import dev.noether.model.alarm.AlarmAdaptation;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.schemas.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a detector thinks of each test row. The arrays are handed out as they are: treat them as read-only.
 *
 * @param scores {@code [rows]}, higher is stranger; NaN where a row was not scored
 * @param alarmScores {@code [rows]}, what alarms are raised on; NaN where a row was not scored
 * @param pValues {@code [rows]}; NaN where unknown
 * @param verdicts {@code [rows]}
 * @param weights {@code [rows × features]}, how much each feature counts in a row, comparable from row to row; null where
 *     causes were not asked for
 * @param shares {@code [rows × features]}, the shares of a row's score; null where causes were not asked for
 * @param incidents runs of rows from an incident's opening to its last alarm
 * @param promisedRate alarms promised per row, in (0, 1)
 * @param trainSeconds time that training took
 * @param secondsPerTenThousand time that 10,000 rows took in the running job
 * @param calibration of the alarm scores, where a threshold follows them; null where p-values are all there is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record JudgedSeries(
        double[] scores,
        double[] alarmScores,
        double[] pValues,
        Verdict[] verdicts,
        float @Nullable [] weights,
        float @Nullable [] shares,
        List<LabelledEvent> incidents,
        double promisedRate,
        double trainSeconds,
        double secondsPerTenThousand,
        @Nullable TailCalibration calibration) {
    /** Of a detector whose p-values are all there is. */
    public JudgedSeries(
            double[] scores,
            double[] alarmScores,
            double[] pValues,
            Verdict[] verdicts,
            float @Nullable [] weights,
            float @Nullable [] shares,
            List<LabelledEvent> incidents,
            double promisedRate,
            double trainSeconds,
            double secondsPerTenThousand) {
        this(
                scores,
                alarmScores,
                pValues,
                verdicts,
                weights,
                shares,
                incidents,
                promisedRate,
                trainSeconds,
                secondsPerTenThousand,
                null);
    }

    /** Number of rows. */
    public int length() {
        return scores.length;
    }

    /**
     * The alarms under another budget, {@code [rows]}: those of the same threshold, set for that rate and led along the same
     * scores, or where none follows, of the p-values.
     *
     * @param rate alarms promised per row, in (0, 0.1]
     */
    public boolean[] flagged(double rate) {
        boolean[] flagged = new boolean[verdicts.length];
        if (calibration == null) {
            for (int i = 0; i < flagged.length; i++) {
                flagged[i] = pValues[i] <= rate;
            }
            return flagged;
        }
        AlarmThreshold threshold = new AlarmThreshold(calibration, rate, AlarmAdaptation.DEFAULT);
        AlarmState state = threshold.start();
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] = threshold.judge(state, alarmScores[i]);
        }
        return flagged;
    }

    /** {@code [rows]}, true where a row raised an alarm. */
    public boolean[] flagged() {
        boolean[] flagged = new boolean[verdicts.length];
        for (int i = 0; i < flagged.length; i++) {
            flagged[i] = verdicts[i] == Verdict.ANOMALOUS;
        }
        return flagged;
    }
}
