package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.series.SymmetryPortrait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one training. Errors are mean squares over rows and values, not times 100.
 *
 * @param key text of the run's {@link RunIdentity}
 * @param seed of the run
 * @param seconds duration of the training
 * @param failure reason why the run has no errors; null if it has
 * @param hyperparameters of the attempt that succeeded, or of the failed one; null for a method without any
 * @param errors on test, validation and labelled rows
 * @param course of the training, epoch by epoch
 * @param findings about the trained model
 */
public record RunResult(
        String key,
        long seed,
        double seconds,
        @Nullable String failure,
        @Nullable Hyperparameters hyperparameters,
        Errors errors,
        Course course,
        Findings findings) {

    /**
     * Errors of the network of the best epoch.
     *
     * @param test mean squared error of the test rows; null if the run failed
     * @param validation mean squared error of the validation rows; null if the run failed or validates nothing
     * @param detection VUS-PR of the errors of the labelled rows, in [0, 1]; null without labelled rows
     */
    public record Errors(
            @Nullable Double test,
            @Nullable Double validation,
            @Nullable Double detection) {
        static final Errors NONE = new Errors(null, null, null);
    }

    /**
     * The course of a training.
     *
     * @param bestEpoch epoch with the smallest validation error, from 1; 0 if no epoch was better than the start
     * @param divergedAttempts attempts before this one, at a larger step
     * @param testCurve test error after each epoch, of at most {@value #MOST_CURVE_ROWS} rows; empty if it was not
     *     recorded
     */
    public record Course(int bestEpoch, int divergedAttempts, List<Double> testCurve) {
        /** A curve is measured on at most this many test rows, the first ones. */
        public static final int MOST_CURVE_ROWS = 1000;

        static final Course NONE = new Course(0, 0, List.of());

        /** Copies the list. */
        public Course {
            testCurve = List.copyOf(testCurve);
        }
    }

    /**
     * Findings about the trained model.
     *
     * @param inspection properties of the network; null if it was not inspected
     * @param remark description of a choice that the method made; null if it made none
     * @param portrait of the chosen symmetry; null if none was chosen or drawn
     */
    public record Findings(
            @Nullable NetworkInspection inspection,
            @Nullable String remark,
            @Nullable SymmetryPortrait portrait) {
        static final Findings NONE = new Findings(null, null, null);
    }

    static RunResult failed(RunIdentity identity, Hyperparameters hyperparameters, String failure, double seconds) {
        return new RunResult(
                identity.key(),
                identity.seed(),
                seconds,
                failure,
                hyperparameters,
                Errors.NONE,
                Course.NONE,
                Findings.NONE);
    }

    /** A run of a method without hyperparameters and epochs of its own. */
    static RunResult withoutEpochs(
            RunIdentity identity, double testError, @Nullable Double detection, double seconds, Findings findings) {
        Errors errors = new Errors(testError, null, detection);
        return new RunResult(identity.key(), identity.seed(), seconds, null, null, errors, Course.NONE, findings);
    }

    /** Mean squared error of the test rows; null if the run failed. */
    public @Nullable Double testError() {
        return errors.test();
    }

    /** VUS-PR on the labelled rows; null without labelled rows. */
    public @Nullable Double detection() {
        return errors.detection();
    }

    /** The validation error that a search compares; infinite if the run failed. */
    double validationOrInfinite() {
        Double error = errors.validation();
        return error == null ? Double.POSITIVE_INFINITY : error;
    }
}
