package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.SymmetryAutoencoderTrainer.Trained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains the three windows of one group of entities. Not thread safe; belongs to the thread of its engine. */
final class GroupTrainer {
    /** With half as many, VUS-PR on the UCR anomaly archive was .02 lower. */
    static final int PROTOTYPES = 2000;

    private static final double HIGH = 0.9;

    /** The least spread of ln d²: windows that repeat exactly must not make it 0. */
    private static final double LEAST_SPREAD = 0.05;

    private final Engine engine;
    private final long seed;

    GroupTrainer(Engine engine, long seed) {
        this.engine = engine;
        this.seed = seed;
    }

    /**
     * A trained group.
     *
     * @param deviation σ of the longest window, in standard deviations of a standardised window
     * @param prototypes by window, which training windows are prototypes
     */
    record TrainedGroup(ShapeGroup group, double deviation, List<PrototypeSet> prototypes) {}

    /**
     * Trains.
     *
     * @param runs scaled runs of consecutive values
     * @param usual the same with unusual values replaced; Σ and σ² are learned from windows without such values
     * @param period period of the group, above 0
     * @param common level over all its entities
     */
    TrainedGroup train(List<float[]> runs, List<float[]> usual, Period period, SignalLevel common) {
        int longest = runs.stream().mapToInt(run -> run.length).max().orElse(0);
        int most = Math.min(ShapeWindow.LONGEST, longest / 3);
        List<CalibratedWindow> windows = new ArrayList<>();
        List<PrototypeSet> prototypes = new ArrayList<>();
        double deviation = 0;
        for (int parts = 4; parts >= 1; parts /= 2) {
            boolean isWhole = parts == 1;
            int rows = Math.max(ShapeWindow.SHORTEST, Math.min(most, period.rows() / parts));
            ShapeHistory history = new ShapeHistory(runs, usual, ShapeWindow.ofRows(rows, isWhole));
            Trained trained = new SymmetryAutoencoderTrainer(engine, PROTOTYPES, seed)
                    .train(history, isWhole ? ShapeMotions.TIME : ShapeMotions.VALUES_AND_TIME, isWhole);
            windows.add(calibrated(trained.model(), trained.errors()));
            prototypes.add(trained.prototypes());
            deviation = trained.deviation();
        }
        return new TrainedGroup(
                new ShapeGroup(period, common, windows, RowReference.NONE), deviation, List.copyOf(prototypes));
    }

    /** The group with Σ multiplied by a factor, and calibrated for that. */
    ShapeGroup withCovarianceTimes(TrainedGroup trained, double factor) {
        ShapeGroup group = trained.group();
        List<CalibratedWindow> windows = new ArrayList<>();
        for (int w = 0; w < ShapeGroup.WINDOWS; w++) {
            SymmetryAutoencoder model = group.windows().get(w).autoencoder().withCovarianceTimes(factor);
            double[] errors = new SymmetryAutoencoderTrainer(engine, PROTOTYPES, seed)
                    .errors(model, trained.prototypes().get(w));
            windows.add(calibrated(model, errors));
        }
        return new ShapeGroup(group.period(), group.common(), windows, group.rows());
    }

    private static CalibratedWindow calibrated(SymmetryAutoencoder model, double[] errors) {
        double[] logarithms =
                Arrays.stream(errors).map(CalibratedWindow::logarithm).sorted().toArray();
        double median = logarithms[(logarithms.length - 1) / 2];
        double high = logarithms[(int) (HIGH * (logarithms.length - 1))];
        return new CalibratedWindow(model, median, Math.max(LEAST_SPREAD, high - median));
    }
}
