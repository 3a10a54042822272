package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.GroupTrainer.TrainedGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained shape view with its history, for the calibration of the alarms. Not thread safe; belongs to the thread of
 * its engine.
 */
public final class ShapeTraining {
    private static final int CHUNK = 256;

    /** As many parts as a history has folds. */
    private static final int PARTS = 5;

    private final ShapeModel model;
    private final List<TrainedGroup> groups;
    /** By group, its runs, in the order of the training. */
    private final List<List<SignalRun>> runs;

    private final List<SignalLevel> levels;

    ShapeTraining(ShapeModel model, List<TrainedGroup> groups, List<List<SignalRun>> runs, List<SignalLevel> levels) {
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
     * The shape view with Σ multiplied by a factor, and calibrated for that. With 1 it is {@link #model}.
     *
     * @param engine computes the products
     * @param seed seed of the training
     * @param factor at least 0; 0 removes the symmetry, a large one makes all motions free
     */
    public ShapeModel withCovarianceTimes(Engine engine, long seed, double factor) {
        GroupTrainer trainer = new GroupTrainer(engine, seed);
        return model.withGroups(groups.stream()
                .map(group -> trainer.withCovarianceTimes(group, factor))
                .toList());
    }

    /**
     * Computes the weighted sum of the standardised errors for each row of the training history as in live scoring, but
     * with prototypes that the row's model would have had: the history of each entity is divided into
     * {@value #PARTS} parts, and the rows of a part are judged without the prototypes of this entity in this part and
     * those after it. With a memory, the windows of the entity's own past are compared too, as live.
     *
     * @param rows number of rows of each entity
     * @return for each entity one value for each row; 0 before the first full window, and where no prototype is left
     */
    public List<float[]> heldOut(Engine engine, int[] rows) {
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
        for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
            CalibratedWindow window = trained.group().windows().get(w);
            try (SymmetryDistances distances = new SymmetryDistances(window.autoencoder(), engine, CHUNK);
                    ReplayedPast past =
                            model.memory() == 0 ? null : new ReplayedPast(model, trained.group(), w, engine)) {
                HeldOutErrors errors = new HeldOutErrors(
                        window,
                        distances,
                        trained.prototypes().get(w),
                        trained.group().stride(),
                        past);
                int before = 0;
                for (int from = 0; from < signals.size(); ) {
                    int to = from + 1;
                    while (to < signals.size()
                            && signals.get(to).entity() == signals.get(from).entity()) {
                        to++;
                    }
                    before = judge(errors, signals.subList(from, to), before, ShapeGroup.weight(w), scores);
                    from = to;
                }
            }
        }
    }

    /** Judges the runs of one entity; returns the number of the first window after them. */
    private int judge(HeldOutErrors errors, List<SignalRun> own, int firstWindow, double weight, List<float[]> scores) {
        errors.startEntity();
        int entity = own.get(0).entity();
        int rows = scores.get(entity).length;
        int behind = firstWindow + windowsBefore(own, errors.windowRows(), Integer.MAX_VALUE);
        int[] excludedFrom = new int[PARTS];
        for (int part = 0; part < PARTS; part++) {
            int row = (int) ((long) part * rows / PARTS);
            excludedFrom[part] = firstWindow + windowsBefore(own, errors.windowRows(), row);
        }
        for (SignalRun run : own) {
            float[] values = run.scaled(levels.get(entity));
            add(errors.of(values, run.firstRow(), rows, excludedFrom, behind), weight, run, scores);
        }
        return behind;
    }

    /** The number of windows of an entity that end before one of its rows. */
    private static int windowsBefore(List<SignalRun> own, int windowRows, int row) {
        long windows = 0;
        for (SignalRun run : own) {
            long ends = Math.min((long) row - run.firstRow(), run.values().length);
            windows += Math.max(0, ends - windowRows + 1);
        }
        return (int) windows;
    }

    private static void add(float[] standards, double weight, SignalRun run, List<float[]> scores) {
        float[] target = scores.get(run.entity());
        for (int i = 0; i < standards.length; i++) {
            target[run.firstRow() + i] += (float) (weight * standards[i]);
        }
    }
}
