package dev.noether.lab.evaluate.portrait;

import dev.noether.lab.evaluate.portrait.ShapePortrait.FoundWindow;
import dev.noether.lab.evaluate.portrait.ShapePortrait.LearnedMotion;
import dev.noether.lab.evaluate.portrait.ShapePortrait.WindowPortrait;
import dev.noether.model.engine.Engine;
import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import dev.noether.model.shape.ShapeGroup;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.shape.ShapeWindow;
import dev.noether.model.shape.ShiftedTangents;
import dev.noether.model.shape.SignalLevel;
import dev.noether.model.shape.SymmetryAutoencoder;
import dev.noether.model.shape.SymmetryDistances;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the portrait of a shape view. Not thread-safe; belongs to the thread of its engine. */
public final class ShapePortraitBuilder {
    private static final int PROTOTYPES = 8;
    private static final int MOST_MOTIONS = 4;
    private static final double LEAST_SHARE = 0.01;

    /** A kind of change with less of the effect of a motion is not named. */
    private static final double LEAST_NAMED = 0.2;

    private final Engine engine;
    private final String feature;
    private final ShapeGroup group;
    private final float[] signal;
    private final int firstTest;

    /**
     * Prepares.
     *
     * @param engine computes the products; not closed
     * @param feature name of the judged feature
     * @param entity an entity of the training history
     * @param history values of the judged feature in the training rows
     * @param test values of the judged feature in the test rows
     */
    public ShapePortraitBuilder(
            Engine engine, ShapeModel model, String feature, String entity, float[] history, float[] test) {
        ShapeModel.Member member = model.entities().get(entity);
        this.engine = engine;
        this.feature = feature;
        this.group = model.groups().get(member == null ? 0 : member.group());
        SignalLevel level = member == null ? group.common() : member.level();
        int lead = Math.min(history.length, model.rows());
        this.firstTest = lead;
        this.signal = new float[lead + test.length];
        for (int i = 0; i < signal.length; i++) {
            float value = i < lead ? history[history.length - lead + i] : test[i - lead];
            signal[i] = level.toModel(value);
        }
    }

    /**
     * Makes the portrait.
     *
     * @param row the test row of the largest alarm score; −1 if there is none
     */
    public ShapePortrait build(int row) {
        List<WindowPortrait> windows = new ArrayList<>();
        for (int w = 1; w < ShapeGroup.WINDOWS; w++) {
            windows.add(portrait(group.windows().get(w).autoencoder(), row));
        }
        return new ShapePortrait(feature, group.period().rows(), windows);
    }

    private WindowPortrait portrait(SymmetryAutoencoder model, int row) {
        List<double[]> prototypes = new ArrayList<>();
        int shown = Math.min(PROTOTYPES, model.count());
        for (int i = 0; i < shown; i++) {
            prototypes.add(model.prototype((int) ((long) i * model.count() / shown)));
        }
        return new WindowPortrait(
                model.window().factor(),
                model.window().isStandardised(),
                prototypes,
                motions(model, model.count() / 2),
                row < 0 ? null : found(model, row));
    }

    /** The motions by their effect on a prototype. */
    private static List<LearnedMotion> motions(SymmetryAutoencoder model, int prototype) {
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(model.covariance());
        double[] variances = decomposition.values();
        double[][] tangents = model.tangents(prototype);
        List<LearnedMotion> all = new ArrayList<>();
        double total = 0;
        for (int k = 0; k < variances.length; k++) {
            double deviation = Math.sqrt(Math.max(0, variances[k]));
            double[] direction = decomposition.vectors()[k];
            double[] change = new double[model.window().width()];
            for (int b = 0; b < direction.length; b++) {
                Vectors.addMultiple(change, deviation * direction[b], tangents[b]);
            }
            total += Vectors.dot(change, change);
            all.add(new LearnedMotion(
                    words(model, direction, tangents),
                    Vectors.dot(change, change),
                    model.prototype(prototype),
                    change));
        }
        double sum = total;
        return all.stream()
                .map(one -> new LearnedMotion(one.words(), sum > 0 ? one.share() / sum : 0, one.window(), one.change()))
                .filter(one -> one.share() >= LEAST_SHARE)
                .sorted(Comparator.comparingDouble((LearnedMotion one) -> -one.share()))
                .limit(MOST_MOTIONS)
                .toList();
    }

    private static String words(SymmetryAutoencoder model, double[] direction, double[][] tangents) {
        double[] effects = new double[direction.length];
        double sum = 0;
        for (int b = 0; b < effects.length; b++) {
            effects[b] = direction[b] * direction[b] * Vectors.dot(tangents[b], tangents[b]);
            sum += effects[b];
        }
        List<String> kinds = new ArrayList<>();
        for (int b = 0; b < effects.length; b++) {
            String kind = model.motions().kind(b).name().toLowerCase(Locale.ROOT);
            if (effects[b] >= LEAST_NAMED * sum && !kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        return String.join(" and ", kinds);
    }

    private @Nullable FoundWindow found(SymmetryAutoencoder model, int row) {
        ShapeWindow window = model.window();
        int end = firstTest + row + 1;
        if (end < window.rows()) {
            return null;
        }
        float[] values = new float[window.width()];
        window.cut(signal, end, values, 0);
        try (SymmetryDistances distances = new SymmetryDistances(model, engine, 1)) {
            distances.run(values, 1);
            return found(model, distances.prototype(0), row, values);
        }
    }

    private static FoundWindow found(SymmetryAutoencoder model, int prototype, int row, float[] values) {
        double[] reconstruction = model.prototype(prototype);
        double[] wide = new double[values.length];
        double[] difference = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
            difference[i] = wide[i] - reconstruction[i];
        }
        double[][] tangents = model.tangents(prototype);
        double[][] compared = Matrices.copy(tangents);
        if (model.isWhitened()) {
            double[][] whitening = whitening(model);
            difference = Matrices.product(whitening, difference);
            for (int b = 0; b < compared.length; b++) {
                compared[b] = Matrices.product(whitening, compared[b]);
            }
        }
        double[][] root = SymmetricEigendecomposition.of(model.covariance()).squareRoot();
        double[] steps = ShiftedTangents.steps(compared, root, model.noise(), difference);
        for (int b = 0; b < steps.length; b++) {
            Vectors.addMultiple(reconstruction, steps[b], tangents[b]);
        }
        return new FoundWindow(row, wide, reconstruction);
    }

    private static double[][] whitening(SymmetryAutoencoder model) {
        int width = model.window().width();
        float[] flat = model.whitening();
        double[][] matrix = new double[width][width];
        for (int i = 0; i < flat.length; i++) {
            matrix[i / width][i % width] = flat[i];
        }
        return matrix;
    }
}
