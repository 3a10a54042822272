package dev.noether.model.training;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.ParetoTail;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.alarm.ViewTail;
import java.util.Arrays;
import java.util.List;

/**
 * The tail of the surprise of rare counts. A surprise is minus a log-probability already, so its tail is exponential
 * with scale 1 if the laws are right. Where more rows of the history reach a surprise than the laws say, the scale is
 * larger. A quantile of the surprises would say nothing: they take few values.
 */
final class CountTail {
    /** Rows that must reach a surprise before it is compared. */
    private static final int FEWEST_ROWS = 5;

    private static final double MOST_SCALE = 10;

    private CountTail() {}

    /** Measures the tail of surprises; of each history one for each row. */
    static ViewTail of(List<float[]> surprises) {
        float[] all = HistoryReplay.joined(surprises);
        Arrays.sort(all);
        double location = -Math.log(TailCalibration.TAIL_SHARE);
        double scale = 1;
        for (int rank = FEWEST_ROWS; rank <= all.length; rank++) {
            double excess = all[all.length - rank] - location;
            double seen = Math.log((all.length + 1.0) / rank) - location;
            if (!(excess > 0) || !(seen > 0)) {
                break;
            }
            scale = Math.max(scale, excess / seen);
        }
        return new ViewTail(AlarmView.COUNTS.budgetShare(), location, Math.min(MOST_SCALE, scale), new ParetoTail(0));
    }
}
