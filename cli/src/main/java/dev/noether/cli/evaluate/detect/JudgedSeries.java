package dev.noether.cli.evaluate.detect;

import dev.noether.model.evaluation.LabelledEvent;
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
        double secondsPerTenThousand) {
    /** Number of rows. */
    public int length() {
        return scores.length;
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
