package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.shape.GroupTrainer.TrainedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures without labels how well a shape view separates broken windows from normal ones. A break reverses a part of
 * the signal in time: its values stay normal, and its shape does not. Windows are judged without the prototypes that
 * overlap them.
 */
final class ShapeBreaks {
    private static final int WINDOWS_OF_GROUP = 400;

    private final Engine engine;
    private final List<SignalLevel> levels;
    private final int length;
    private final long seed;

    /**
     * Makes breaks.
     *
     * @param length rows of a break, at most those of a whole window
     */
    ShapeBreaks(Engine engine, List<SignalLevel> levels, int length, long seed) {
        this.engine = engine;
        this.levels = levels;
        this.length = length;
        this.seed = seed;
    }

    /** A trained group with the runs that it was trained on. */
    record Group(List<SignalRun> runs, TrainedGroup trained) {}

    /** The area under the ROC of the whole windows of all groups together, in [0, 1]; 0.5 is chance. */
    double area(List<Group> groups) {
        List<Float> scores = new ArrayList<>();
        for (Group group : groups) {
            judge(group, scores);
        }
        float[] all = new float[scores.size()];
        boolean[] broken = new boolean[all.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = scores.get(i);
            broken[i] = i % 2 == 1;
        }
        return RankingMetrics.aucRoc(all, broken);
    }

    /** Adds the scores of pairs of windows: a normal one, and the same one broken. */
    private void judge(Group group, List<Float> scores) {
        int whole = ShapeGroup.WINDOWS - 1;
        CalibratedWindow calibrated = group.trained().group().windows().get(whole);
        PrototypeSet prototypes = group.trained().prototypes().get(whole);
        ShapeWindow window = calibrated.window();
        List<float[]> scaled = group.runs().stream()
                .map(run -> run.scaled(levels.get(run.entity())))
                .toList();
        ShapeHistory history = new ShapeHistory(scaled, window);
        SplittableRandom random = new SplittableRandom(seed);
        float[] inputs = new float[2 * WINDOWS_OF_GROUP * window.width()];
        int[] from = new int[2 * WINDOWS_OF_GROUP];
        int[] to = new int[2 * WINDOWS_OF_GROUP];
        float[] rows = new float[window.rows()];
        for (int i = 0; i < 2 * WINDOWS_OF_GROUP; i += 2) {
            int number = random.nextInt(history.count());
            history.copyRows(number, rows);
            window.cut(rows, rows.length, inputs, i * window.width());
            reverse(rows, random.nextInt(rows.length - length + 1));
            window.cut(rows, rows.length, inputs, (i + 1) * window.width());
            for (int one = i; one < i + 2; one++) {
                from[one] = prototypes.excludedFrom(number);
                to[one] = prototypes.excludedTo(number);
            }
        }
        try (SymmetryDistances distances =
                new SymmetryDistances(calibrated.autoencoder(), engine, 2 * WINDOWS_OF_GROUP)) {
            distances.run(inputs, 2 * WINDOWS_OF_GROUP, from, to);
            for (int i = 0; i < 2 * WINDOWS_OF_GROUP; i++) {
                scores.add(distances.prototype(i) < 0 ? 0f : calibrated.standardised(distances.error(i)));
            }
        }
    }

    private void reverse(float[] rows, int from) {
        for (int i = 0; i < length / 2; i++) {
            float value = rows[from + i];
            rows[from + i] = rows[from + length - 1 - i];
            rows[from + length - 1 - i] = value;
        }
    }
}
