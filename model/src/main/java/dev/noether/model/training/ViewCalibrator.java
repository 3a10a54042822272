package dev.noether.model.training;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.alarm.ViewTail;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.training.HistoryReplay.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Calibrates the views that can raise an alarm score, and joins them with it. One replay of the folds gives the values
 * of all views.
 */
final class ViewCalibrator {
    private static final AlarmView[] VIEWS = AlarmView.values();

    private final List<float[]> alarmScores;
    private final JointAlarm joint;

    /**
     * Calibrates.
     *
     * @param replayed model with the baselines to start from; its own views are not used
     * @param first index of the first fold to judge
     */
    ViewCalibrator(HistoryReplay replay, ModelArtifact replayed, int first) {
        List<Reading> readings = new ArrayList<>(List.of(Judgement::alarmScore));
        for (AlarmView view : VIEWS) {
            readings.add(judgement -> judgement.view(view));
        }
        List<List<float[]>> values = replay.judgeEach(replayed, first, readings);
        List<float[]> own = values.get(0);
        Map<AlarmView, ViewTail> tails = new EnumMap<>(AlarmView.class);
        for (AlarmView view : VIEWS) {
            List<float[]> ofView = values.get(1 + view.ordinal());
            if (view == AlarmView.COUNTS) {
                if (replayed.counts().size() > 0) {
                    tails.put(view, CountTail.of(ofView));
                }
            } else if (isPresent(ofView)) {
                tails.put(view, ViewTail.of(TailCalibration.of(ofView), view.budgetShare()));
            }
        }
        boolean isAlone = tails.isEmpty() || !isPresent(own);
        joint = isAlone ? JointAlarm.NONE : JointAlarm.of(ViewTail.of(TailCalibration.of(own), 1), tails);
        alarmScores = isAlone ? own : joined(values);
    }

    /** Whether each row has a value, and there is a row. */
    private static boolean isPresent(List<float[]> values) {
        int count = 0;
        for (float[] ofEntity : values) {
            for (float value : ofEntity) {
                if (Float.isNaN(value)) {
                    return false;
                }
            }
            count += ofEntity.length;
        }
        return count > 0;
    }

    private List<float[]> joined(List<List<float[]>> values) {
        List<float[]> all = new ArrayList<>();
        double[] ofRow = new double[VIEWS.length];
        for (int e = 0; e < values.get(0).size(); e++) {
            float[] scores = values.get(0).get(e).clone();
            for (int i = 0; i < scores.length; i++) {
                for (int v = 0; v < VIEWS.length; v++) {
                    ofRow[v] = values.get(1 + v).get(e)[i];
                }
                scores[i] = (float) Math.min(Float.MAX_VALUE, joint.score(scores[i], ofRow));
            }
            all.add(scores);
        }
        return all;
    }

    /** The views with their tails. */
    JointAlarm joint() {
        return joint;
    }

    /** The joint alarm scores of each history. */
    List<float[]> alarmScores() {
        return alarmScores;
    }
}
