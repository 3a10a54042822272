package dev.noether.lab.series;

import dev.noether.model.training.EpochReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The validation errors of one training on the held-out series of all folds, epoch by epoch. Epoch 0 is before the
 * first step.
 *
 * <p>A network that was trained on few series overfits. So the errors are computed for several shares of the learned
 * layers (shrinkage; Copas 1983), and validation chooses an epoch and a share.
 *
 * @param heldOut number of held-out series of each fold
 * @param shares shares of the learned layers, each in [0, 1], 1 first
 * @param errors mean squared error of each held-out series after each epoch, {@code [epochs + 1][shares][series of all
 *     folds]}
 * @param trainErrors mean over the folds of the error in each epoch, {@code [epochs]}
 */
@SuppressWarnings("ArrayRecordComponent")
record ValidationErrors(int[] heldOut, double[] shares, double[][][] errors, double[] trainErrors) {

    /**
     * A pair of an epoch and a share.
     *
     * @param epoch from 0
     * @param share index of the share
     */
    private record Place(int epoch, int share) {}

    /**
     * Returns the pair with the smallest mean error over all held-out series; of equals the first epoch and the largest
     * share.
     */
    private Place best() {
        Place best = new Place(0, 0);
        for (int epoch = 0; epoch < errors.length; epoch++) {
            for (int share = 0; share < shares.length; share++) {
                // Written so that NaN is never better, and anything is better than NaN.
                if (mean(epoch, share) < error(best) || Double.isNaN(error(best))) {
                    best = new Place(epoch, share);
                }
            }
        }
        return best;
    }

    /** Returns the epoch of the smallest error. */
    int bestEpoch() {
        return best().epoch;
    }

    /** Returns the share of the smallest error. */
    double bestShare() {
        return shares[best().share];
    }

    /** Returns the smallest mean error. */
    double error() {
        return error(best());
    }

    private double error(Place place) {
        return mean(place.epoch, place.share);
    }

    /** Returns whether the training stayed finite. */
    boolean allFinite() {
        return Arrays.stream(trainErrors).allMatch(Double::isFinite) && Double.isFinite(mean(errors.length - 1, 0));
    }

    private double mean(int epoch, int share) {
        return Arrays.stream(errors[epoch][share]).average().orElseThrow();
    }

    /**
     * Returns whether the smallest error is below that of another training by more than one standard error of the gain.
     */
    boolean clearlyBetterThan(ValidationErrors other) {
        return clearlyBetter(bestErrors(), other.bestErrors());
    }

    private double[] bestErrors() {
        Place best = best();
        return errors[best.epoch][best.share];
    }

    private static boolean clearlyBetter(double[] mine, double[] others) {
        double gain = 0;
        for (int series = 0; series < mine.length; series++) {
            gain += (others[series] - mine[series]) / mine.length;
        }
        double squares = 0;
        for (int series = 0; series < mine.length; series++) {
            double deviation = others[series] - mine[series] - gain;
            squares += deviation * deviation;
        }
        // If one of the two diverged, the gain is NaN and the result is false.
        return gain > Math.sqrt(squares / (mine.length - 1) / mine.length);
    }

    /** Returns the mean error of each fold at the best epoch and share. */
    List<Double> foldErrors() {
        List<Double> means = new ArrayList<>();
        double[] best = bestErrors();
        int from = 0;
        for (int count : heldOut) {
            means.add(Arrays.stream(best, from, from + count).average().orElseThrow());
            from += count;
        }
        return means;
    }

    /** Returns a report for each epoch, with the full learned layers. */
    List<EpochReport> reports() {
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch < errors.length; epoch++) {
            reports.add(new EpochReport(trainErrors[epoch - 1], 0, mean(epoch, 0)));
        }
        return reports;
    }
}
