package dev.noether.model.shape;

import dev.noether.model.engine.Engine;
import dev.noether.model.symmetry.learned.SeriesPairs;
import java.util.random.RandomGenerator;

/**
 * Random windows of a history without unusual values, each with the prototype that explains it best among those that share no row with it. Not
 * thread safe.
 */
final class MatchedWindows implements SeriesPairs {
    private final ShapeHistory history;
    private final float[] windows;
    private final int[] excludedFrom;
    private final int[] excludedTo;
    private final int[] prototypes;
    private final double[] errors;
    private float[] prototypeValues = {};

    /** Draws windows; they have no prototype yet. */
    MatchedWindows(ShapeHistory history, PrototypeSet prototypeSet, int count, RandomGenerator random) {
        this.history = history;
        // A window that shares rows with all prototypes cannot be matched.
        int[] numbers = random.ints(count, 0, history.count())
                .filter(history::isUsual)
                .filter(number ->
                        prototypeSet.excludedTo(number) - prototypeSet.excludedFrom(number) < prototypeSet.size())
                .toArray();
        int width = history.window().width();
        windows = new float[numbers.length * width];
        excludedFrom = new int[numbers.length];
        excludedTo = new int[numbers.length];
        prototypes = new int[numbers.length];
        errors = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            history.cut(numbers[i], windows, i * width);
            excludedFrom[i] = prototypeSet.excludedFrom(numbers[i]);
            excludedTo[i] = prototypeSet.excludedTo(numbers[i]);
        }
    }

    /** Finds the best prototype of each window. */
    void match(SymmetryAutoencoder model, Engine engine) {
        prototypeValues = model.prototypes();
        try (SymmetryDistances distances = new SymmetryDistances(model, engine, errors.length)) {
            distances.run(windows, errors.length, excludedFrom, excludedTo);
            for (int i = 0; i < errors.length; i++) {
                prototypes[i] = distances.prototype(i);
                errors[i] = distances.error(i);
            }
        }
    }

    /** The regularized error of each window; not a copy. */
    double[] errors() {
        return errors;
    }

    @Override
    public int count() {
        return errors.length;
    }

    @Override
    public int length() {
        return history.window().width();
    }

    int prototype(int pair) {
        return prototypes[pair];
    }

    /** Writes the window less its prototype, and the prototype. */
    @Override
    public void copyPair(int pair, double[] difference, double[] point) {
        int width = length();
        for (int i = 0; i < width; i++) {
            point[i] = prototypeValues[prototypes[pair] * width + i];
            difference[i] = windows[pair * width + i] - point[i];
        }
    }
}
