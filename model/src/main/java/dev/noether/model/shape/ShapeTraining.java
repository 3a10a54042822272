package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.GroupTrainer.TrainedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A trained shape view with its history, for the calibration of the alarms. Not thread safe; belongs to the thread of
 * its engine.
 */
public final class ShapeTraining {
    private static final int CHUNK = 256;

    private final ShapeModel model;
    private final List<TrainedGroup> groups;
    /** By group, its runs, in the order of the training. */
    private final List<List<SignalRun>> runs;

    private final List<SignalLevel> levels;

    ShapeTraining(
            ShapeModel model, List<TrainedGroup> groups, List<List<SignalRun>> runs, List<SignalLevel> levels) {
        this.model = model;
        this.groups = List.copyOf(groups);
        this.runs = List.copyOf(runs);
        this.levels = List.copyOf(levels);
    }

    /** The shape view; the alarm scores of single rows are still unknown to it. */
    public ShapeModel model() {
        return model;
    }

    /**
     * Computes the weighted sum of the standardised errors for each row of the training history as in live scoring, but
     * without the prototypes that share a row with the judged window.
     *
     * @param rows number of rows of each entity
     * @return for each entity one value for each row; 0 before the first full window
     */
    public List<float[]> leaveOneOut(Engine engine, int[] rows) {
        List<float[]> scores = new ArrayList<>();
        for (int count : rows) {
            scores.add(new float[count]);
        }
        for (int g = 0; g < groups.size(); g++) {
            judge(groups.get(g), runs.get(g), engine, scores);
        }
        return scores;
    }

    private void judge(TrainedGroup trained, List<SignalRun> signals, Engine engine, List<float[]> scores) {
        List<float[]> scaled = signals.stream()
                .map(run -> run.scaled(levels.get(run.entity())))
                .toList();
        for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
            CalibratedWindow window = trained.group().windows().get(w);
            PrototypeSet prototypes = trained.prototypes().get(w);
            try (SymmetryDistances distances = new SymmetryDistances(window.autoencoder(), engine, CHUNK)) {
                int before = 0;
                for (int r = 0; r < scaled.size(); r++) {
                    float[] values = scaled.get(r);
                    HeldOutErrors errors = new HeldOutErrors(window, distances, prototypes, before);
                    float[] standards = errors.of(values, trained.group().stride());
                    add(standards, ShapeGroup.weight(w), signals.get(r), scores);
                    before += Math.max(0, values.length - window.window().rows() + 1);
                }
            }
        }
    }

    private static void add(float[] standards, double weight, SignalRun run, List<float[]> scores) {
        float[] target = scores.get(run.entity());
        for (int i = 0; i < standards.length; i++) {
            target[run.firstRow() + i] += (float) (weight * standards[i]);
        }
    }

    /** The standardised errors of the windows of one run, held from one judged window to the next. */
    private record HeldOutErrors(
            CalibratedWindow calibrated, SymmetryDistances distances, PrototypeSet prototypes, int firstWindow) {

        float[] of(float[] values, int stride) {
            ShapeWindow window = calibrated.window();
            float[] standards = new float[values.length];
            int[] ends = new int[CHUNK];
            int[] from = new int[CHUNK];
            int[] to = new int[CHUNK];
            float[] inputs = new float[CHUNK * window.width()];
            int count = 0;
            for (int end = window.rows(); end <= values.length; end++) {
                boolean isJudged = end == window.rows() || end % stride == 0;
                if (isJudged) {
                    int number = firstWindow + end - window.rows();
                    window.cut(values, end, inputs, count * window.width());
                    ends[count] = end;
                    from[count] = prototypes.excludedFrom(number);
                    to[count] = prototypes.excludedTo(number);
                    count++;
                }
                if (count == CHUNK || (end == values.length && count > 0)) {
                    distances.run(inputs, count, from, to);
                    for (int i = 0; i < count; i++) {
                        // A window that shares rows with all prototypes counts as usual.
                        float standard =
                                distances.prototype(i) < 0 ? 0 : calibrated.standardised(distances.error(i));
                        Arrays.fill(standards, ends[i] - 1, i + 1 < count ? ends[i + 1] - 1 : values.length, standard);
                    }
                    count = 0;
                }
            }
            return standards;
        }
    }
}
