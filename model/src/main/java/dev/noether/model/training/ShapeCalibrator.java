package dev.noether.model.training;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.RowReference;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeScorer;
import dev.noether.model.shape.ShapeTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calibrates the shape view together with the other views: their alarm scores on rows that the judging models were not
 * fitted to, added to shape scores without the prototypes that such a model would not have had.
 */
final class ShapeCalibrator {
    private static final double HIGH = 0.9;
    private static final double LEAST_SPREAD = 0.05;

    private final ShapeModel model;
    private final List<float[]> alarmScores = new ArrayList<>();

    /**
     * Calibrates.
     *
     * @param rowScores for each history, the alarm scores of single rows
     * @param rows for each history, the indices of these rows
     */
    ShapeCalibrator(
            Engine engine,
            List<EntityHistory> histories,
            ShapeTraining shape,
            List<float[]> rowScores,
            List<int[]> rows) {
        RowReference reference = reference(rowScores);
        model = shape.model()
                .withGroups(shape.model().groups().stream()
                        .map(group -> group.withRows(reference))
                        .toList());
        int[] counts = histories.stream().mapToInt(EntityHistory::count).toArray();
        List<float[]> windows = shape.heldOut(engine, counts);
        for (int e = 0; e < rowScores.size(); e++) {
            float[] scores = rowScores.get(e);
            float[] joint = new float[scores.length];
            for (int i = 0; i < scores.length; i++) {
                joint[i] = (float) ShapeScorer.alarmScore(windows.get(e)[rows.get(e)[i]], reference, scores[i]);
            }
            alarmScores.add(joint);
        }
    }

    private static RowReference reference(List<float[]> rowScores) {
        float[] all = HistoryReplay.joined(rowScores);
        Arrays.sort(all);
        double median = all[(all.length - 1) / 2];
        double high = all[(int) (HIGH * (all.length - 1))];
        return new RowReference(median, Math.max(LEAST_SPREAD, high - median), all[all.length - 1]);
    }

    /** The shape view, calibrated. */
    ShapeModel model() {
        return model;
    }

    /** The joint alarm scores of each history. */
    List<float[]> alarmScores() {
        return alarmScores;
    }
}
