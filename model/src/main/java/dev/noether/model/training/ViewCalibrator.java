package dev.noether.model.training;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.SustainedExcess;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.alarm.ViewTail;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.training.HistoryReplay.Reading;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final int[] earlierRows;
    private final List<int[]> rows;
    private final JointAlarm joint;

    /**
     * Calibrates.
     *
     * @param replayed model with baselines over the folds before {@code first}; its own views are not used
     * @param first index of the first fold to judge with the baselines of {@code replayed}
     * @param finished model with baselines over all folds, for the folds before {@code first}
     * @param judgedFrom index of the first fold to judge, at most {@code first}
     */
    ViewCalibrator(HistoryReplay replay, ModelArtifact replayed, int first, ModelArtifact finished, int judgedFrom) {
        List<Reading> readings = new ArrayList<>(List.of(Judgement::alarmScore));
        for (AlarmView view : VIEWS) {
            readings.add(judgement -> judgement.view(view));
        }
        List<List<float[]>> later = replay.judgeEach(replayed, first, readings);
        List<List<float[]>> values = judgedFrom == first
                ? new ArrayList<>(later)
                : joined(replay.before(first).judgeEach(finished, judgedFrom, readings), later);
        rows = replay.rowsOf(judgedFrom);
        earlierRows = new int[rows.size()];
        Arrays.setAll(
                earlierRows, e -> values.get(0).get(e).length - later.get(0).get(e).length);
        List<float[]> own = values.get(0);
        Map<AlarmView, ViewTail> tails = new EnumMap<>(AlarmView.class);
        for (AlarmView view : VIEWS) {
            List<float[]> ofView = values.get(1 + view.ordinal());
            if (view == AlarmView.COUNTS) {
                if (replayed.counts().size() > 0) {
                    tails.put(view, CountTail.of(ofView));
                }
            } else if (isPresent(ofView)) {
                ViewTail tail = ViewTail.of(TailCalibration.of(ofView), view.budgetShare());
                tails.put(view, tail);
                if (view == AlarmView.STARTING) {
                    values.set(1 + view.ordinal(), beyondSustained(ofView, tail.rareValue()));
                }
            }
        }
        boolean isAlone = tails.isEmpty() || !isPresent(own);
        joint = isAlone ? JointAlarm.NONE : JointAlarm.of(ViewTail.of(TailCalibration.of(own), 1), tails);
        alarmScores = isAlone ? own : joined(values);
    }

    /** Puts the values of the earlier rows of each history before those of its later ones. */
    private static List<List<float[]>> joined(List<List<float[]>> earlier, List<List<float[]>> later) {
        List<List<float[]>> values = new ArrayList<>();
        for (int r = 0; r < later.size(); r++) {
            List<float[]> ofReading = new ArrayList<>();
            for (int e = 0; e < later.get(r).size(); e++) {
                ofReading.add(HistoryReplay.joined(
                        List.of(earlier.get(r).get(e), later.get(r).get(e))));
            }
            values.add(ofReading);
        }
        return values;
    }

    private static List<float[]> beyondSustained(List<float[]> values, double usual) {
        List<float[]> beyond = new ArrayList<>();
        for (float[] ofEntity : values) {
            float[] excess = new float[ofEntity.length];
            float sustained = 0;
            for (int i = 0; i < excess.length; i++) {
                excess[i] = ofEntity[i] - sustained;
                sustained = SustainedExcess.after(sustained, ofEntity[i], usual);
            }
            beyond.add(excess);
        }
        return beyond;
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

    /** The rows of each history that were judged: their indices among all its rows. */
    List<int[]> rows() {
        return rows;
    }

    /**
     * Calibrates alarm scores, one for each of {@link #rows}. The rows of the earlier folds are judged from baselines that
     * their own residuals are part of, so their scores are a little too low. They can make the tail heavier, by what only
     * they show, but not lighter than the later rows alone do.
     */
    TailCalibration calibration(List<float[]> scores) {
        return calibration(scores, earlierRows);
    }

    /**
     * Calibrates alarm scores.
     *
     * @param scores scores of each history
     * @param earlier for each history how many of the first scores may be too low
     */
    static TailCalibration calibration(List<float[]> scores, int[] earlier) {
        TailCalibration ofAll = TailCalibration.of(scores);
        List<float[]> later = new ArrayList<>();
        int count = 0;
        for (int e = 0; e < scores.size(); e++) {
            later.add(Arrays.copyOfRange(scores.get(e), earlier[e], scores.get(e).length));
            count += later.get(e).length;
        }
        if (count == 0) {
            return ofAll;
        }
        TailCalibration ofLater = TailCalibration.of(later);
        boolean isEnough = !(ofLater.decide(TailCalibration.TAIL_SHARE) instanceof BudgetDecision.Refused);
        return isEnough && ofLater.rareScore() > ofAll.rareScore() ? ofLater : ofAll;
    }

    /** The joint alarm scores of each history, one for each of {@link #rows}. */
    List<float[]> alarmScores() {
        return alarmScores;
    }
}
