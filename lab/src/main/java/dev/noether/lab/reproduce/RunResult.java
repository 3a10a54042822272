package dev.noether.lab.reproduce;

import dev.noether.lab.series.SymmetryPortrait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one training came to; what is kept on disk, key by key. Errors are mean squares over rows and values, not times 100.
 *
 * @param key of its {@link RunIdentity}
 * @param seed of the run
 * @param failure why there is no figure; null where there is one
 * @param learningRate of the attempt that succeeded, null for what has none
 * @param strength penalty weight or deviation of noise, null for what has none
 * @param testError of the best epoch on validation, null if the run failed
 * @param validationError of that epoch, null if the run failed or nothing is validated
 * @param bestEpoch from 1; 0 if no epoch was better than the start
 * @param diverged attempts before, at a larger step
 * @param testCurve test error after each epoch, of at most {@link Trainings#CURVE_ROWS} rows; empty where it was not followed
 * @param seconds it took
 * @param inside what the network is like inside; null where it was not looked at
 * @param remark what was chosen, in words; null if nothing
 * @param detection VUS-PR of the errors of labelled rows, in [0, 1]; null where there are none
 * @param portrait what the chosen symmetry looks like; null where none was chosen or it was not looked at
 */
public record RunResult(
        String key,
        long seed,
        @Nullable String failure,
        @Nullable Double learningRate,
        @Nullable Double strength,
        @Nullable Double testError,
        @Nullable Double validationError,
        int bestEpoch,
        int diverged,
        List<Double> testCurve,
        double seconds,
        @Nullable InsideView inside,
        @Nullable String remark,
        @Nullable Double detection,
        @Nullable SymmetryPortrait portrait) {

    /** Copies the list. */
    public RunResult {
        testCurve = List.copyOf(testCurve);
    }

    static RunResult failed(RunIdentity identity, Setting setting, String failure, double seconds) {
        return new RunResult(
                identity.key(),
                identity.seed(),
                failure,
                setting.learningRate(),
                setting.strength(),
                null,
                null,
                0,
                0,
                List.of(),
                seconds,
                null,
                null,
                null,
                null);
    }

    static RunResult untrained(
            RunIdentity identity,
            double testError,
            double seconds,
            @Nullable String remark,
            @Nullable Double detection,
            @Nullable SymmetryPortrait portrait) {
        return new RunResult(
                identity.key(),
                identity.seed(),
                null,
                null,
                null,
                testError,
                null,
                0,
                0,
                List.of(),
                seconds,
                null,
                remark,
                detection,
                portrait);
    }

    /** What a search compares by: infinite where the run failed. */
    double validationOrInfinite() {
        Double error = validationError;
        return error == null ? Double.POSITIVE_INFINITY : error;
    }
}
