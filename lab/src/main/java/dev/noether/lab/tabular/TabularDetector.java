package dev.noether.lab.tabular;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.feature.Scaling;

/**
 * Detects anomalies among independent rows. The score is
 *
 * <pre>{@code ln(mean distance to the nearest normal rows) + w · ln(whitened residual of the autoencoder)}</pre>
 *
 * <p>A higher score is more anomalous; scores are unbounded on both sides. The distance dominates the score: on tables,
 * the residual of an autoencoder alone ranks worse than the distance to five neighbours and improves it little, but it
 * shows which features are anomalous. Immutable; thread-safe with an engine for each thread.
 */
public final class TabularDetector {
    /** Keeps the logarithm finite for a row that equals a reference row. */
    private static final double SMALLEST = 1e-6;

    private final Scaling scaling;
    private final Autoencoder network;
    private final ReferenceRows references;
    private final Whitening whitening;
    private final TabularOptions options;

    TabularDetector(
            Scaling scaling,
            Autoencoder network,
            ReferenceRows references,
            Whitening whitening,
            TabularOptions options) {
        this.scaling = scaling;
        this.network = network;
        this.references = references;
        this.whitening = whitening;
        this.options = options;
    }

    /** Returns the number of features of a row. */
    public int features() {
        return scaling.size();
    }

    /** Returns the network, which reconstructs scaled rows. */
    public Autoencoder network() {
        return network;
    }

    /** Returns the number of normal rows with which a row is compared. */
    public int references() {
        return references.count();
    }

    /**
     * Scores rows.
     *
     * @param rows raw values, row-major {@code [count, features]}, finite
     * @return {@code [count]}
     * @throws IllegalArgumentException if the array is too short or a value is not finite
     */
    public double[] score(Engine engine, float[] rows, int count) {
        RowArguments.requireRows("rows", rows, count, features());
        float[] residuals = new float[count * features()];
        float[] scaled = scaled(scaling, rows, count);
        residuals(engine, network, scaled, count, residuals);
        double[] nearest = new double[options.neighbours()];
        double[] scores = new double[count];
        for (int row = 0; row < count; row++) {
            int offset = row * features();
            double distance = references.meanDistance(scaled, offset, nearest);
            double residual = whitening.norm(residuals, offset);
            scores[row] = Math.log(distance + SMALLEST) + options.residualWeight() * Math.log(residual + SMALLEST);
        }
        return scores;
    }

    /**
     * Computes the contribution of each feature: its part of the squared distance to the nearest normal row and, with
     * the residual weight, of the squared residual. The residual alone would spread one extreme value over all
     * correlated features.
     *
     * @param rows raw values, row-major {@code [count, features]}, finite
     * @return {@code [count, features]}; the parts of a row sum to 1
     */
    public float[] contributions(Engine engine, float[] rows, int count) {
        RowArguments.requireRows("rows", rows, count, features());
        float[] scaled = scaled(scaling, rows, count);
        float[] contributions = new float[count * features()];
        residuals(engine, network, scaled, count, contributions);
        double ofDistance = 1 / (1 + options.residualWeight());
        double[] parts = new double[features()];
        for (int row = 0; row < count; row++) {
            int offset = row * features();
            addResidualParts(contributions, offset, 1 - ofDistance, parts);
            references.addParts(scaled, offset, ofDistance, parts);
            for (int column = 0; column < features(); column++) {
                contributions[offset + column] = (float) parts[column];
                parts[column] = 0;
            }
        }
        return contributions;
    }

    private static void addResidualParts(float[] residuals, int offset, double weight, double[] parts) {
        double sum = 0;
        for (int column = 0; column < parts.length; column++) {
            sum += (double) residuals[offset + column] * residuals[offset + column];
        }
        for (int column = 0; column < parts.length; column++) {
            double square = (double) residuals[offset + column] * residuals[offset + column];
            parts[column] += sum > 0 ? weight * square / sum : weight / parts.length;
        }
    }

    static float[] scaled(Scaling scaling, float[] rows, int count) {
        float[] scaled = new float[count * scaling.size()];
        for (int row = 0; row < count; row++) {
            scaling.toModel(rows, row * scaling.size(), scaled, row * scaling.size());
        }
        return scaled;
    }

    static void residuals(Engine engine, Autoencoder network, float[] scaled, int count, float[] residuals) {
        try (Reconstruction reconstruction = engine.reconstruction(network, count)) {
            reconstruction.run(scaled, count, residuals);
        }
        for (int index = 0; index < residuals.length; index++) {
            residuals[index] = scaled[index] - residuals[index];
        }
    }
}
