package dev.noether.model.scoring;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.RowRing;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.RidgeRegression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Estimates values that are missing for long from the other values of their row. A held value is right for a while; later
 * the other features have moved on, and a model that knows how they belong together finds the row anomalous.
 *
 * <p>The principal components of the model are read as a factor analysis of the newest row: {@code x = m + L z + e}, with
 * the usual values m of the entity, L the components times their deviations, z standard normal and e the residuals of the
 * reconstruction. A missing value is its conditional mean given the others, and a part of the difference between the value
 * before and its own conditional mean, so that the estimate begins at the last value that came.
 *
 * <p>Not thread safe; allocates nothing after construction.
 */
public final class MissingEstimate {
    /** Added to the variances of residuals, as in the score. */
    private static final double VARIANCE_FLOOR = 0.01;

    /** What remains after a row of the difference to the conditional mean. */
    private static final double REMAINDER = 0.9;

    private final ModelArtifact model;
    private final int features;
    private final int codes;
    /** L, row-major {@code [features, codes]}. */
    private final double[] loadings;

    private final double[] precision;
    private final int[] limits;
    private final double[] matrix;
    private final double[] code;
    private final double[] conditional;
    private final float[] before;
    private final RidgeRegression solver;

    private MissingEstimate(ModelArtifact model, LinearBase base) {
        this.model = model;
        this.features = model.features().size();
        this.codes = base.codeSize();
        this.loadings = new double[features * codes];
        this.precision = new double[features];
        this.limits = new int[features];
        this.matrix = new double[codes * codes];
        this.code = new double[codes];
        this.conditional = new double[features];
        this.before = new float[features];
        this.solver = new RidgeRegression(codes, 1e-9);
        float[] components = base.components();
        float[] scales = base.scales();
        int newest = components.length - loadings.length;
        for (int i = 0; i < loadings.length; i++) {
            loadings[i] = (double) components[newest + i] * scales[i % codes];
        }
        RunningScale residuals = model.commonBaseline().view(0);
        for (int j = 0; j < features; j++) {
            precision[j] = 1 / (residuals.variance(j) + VARIANCE_FLOOR);
            limits[j] = Math.max(model.contextRows(), 2 * model.input().longestGaps()[j]);
        }
    }

    /** The estimate of a model; null if it does not know the usual gaps of its features, or has no components. */
    static @Nullable MissingEstimate of(ModelArtifact model) {
        LinearBase base = model.network().base().orElse(null);
        return base == null || model.input().longestGaps().length == 0 ? null : new MissingEstimate(model, base);
    }

    /**
     * Whether a value is missing for so long that it is estimated: for longer than the context of a row, and for twice as
     * many rows as the longest gap of the feature in training.
     *
     * @param rows consecutive rows without a value
     */
    public boolean isLong(int feature, int rows) {
        return rows > limits[feature];
    }

    /**
     * Estimates values of the row that follows the rows of a window.
     *
     * @param window rows of the entity, at least one
     * @param usual the usual scaled values of the entity
     * @param row raw values, finite; those that are estimated are replaced
     * @param isEstimated which of them are estimated
     */
    public void fill(WindowBuffer window, RunningScale usual, double[] row, boolean[] isEstimated) {
        double @Nullable [] origin = window.origin();
        for (int j = 0; j < features; j++) {
            before[j] = (float) (row[j] - (origin == null ? 0 : origin[j]));
        }
        scale(before, origin);
        condition(before, usual, isEstimated);
        for (int j = 0; j < features; j++) {
            if (isEstimated[j]) {
                row[j] = conditional[j];
            }
        }
        window.copyRow(window.size() - 1, before, 0);
        scale(before, origin);
        condition(before, usual, isEstimated);
        for (int j = 0; j < features; j++) {
            if (isEstimated[j]) {
                double remainder = before[j] - usual.mean(j) - conditional[j];
                row[j] = model.scaling().toRaw(j, usual.mean(j) + row[j] + REMAINDER * remainder);
            }
        }
    }

    private void scale(float[] stored, double @Nullable [] origin) {
        RowRing.moveOrigin(stored, 1, features, origin, model.scaling().origin());
        model.scaling().toModel(stored);
    }

    /** Computes the conditional means less the usual values. */
    private void condition(float[] scaled, RunningScale usual, boolean[] isEstimated) {
        Arrays.fill(matrix, 0);
        Arrays.fill(code, 0);
        for (int k = 0; k < codes; k++) {
            matrix[k * codes + k] = 1;
        }
        for (int j = 0; j < features; j++) {
            if (!isEstimated[j]) {
                addObserved(j, precision[j] * ((double) scaled[j] - usual.mean(j)));
            }
        }
        solver.solve(matrix, code);
        for (int j = 0; j < features; j++) {
            double sum = 0;
            for (int k = 0; k < codes && isEstimated[j]; k++) {
                sum += loadings[j * codes + k] * code[k];
            }
            conditional[j] = sum;
        }
    }

    private void addObserved(int feature, double weighted) {
        int from = feature * codes;
        for (int k = 0; k < codes; k++) {
            code[k] += loadings[from + k] * weighted;
            double factor = loadings[from + k] * precision[feature];
            for (int l = 0; l <= k; l++) {
                matrix[k * codes + l] += factor * loadings[from + l];
            }
        }
    }
}
