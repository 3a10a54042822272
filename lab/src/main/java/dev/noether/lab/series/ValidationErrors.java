package dev.noether.lab.series;

import dev.noether.model.training.EpochReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the held-out series of all folds said of one training, epoch by epoch; epoch 0 is before the first step.
 *
 * <p>A network that was trained on a part of few series thinks more of what it learned than other series bear out. So
 * each epoch can be seen at several shares of the learned part (shrinkage; Copas 1983), and the best is an epoch and a
 * share.
 *
 * @param heldOut number of held-out series of each fold
 * @param shares of what the layers learned beside the principal components, each in [0, 1], 1 first
 * @param errors mean squared error of each held-out series after each epoch, {@code [epochs + 1][shares][series of all
 *     folds]}
 * @param trainErrors mean over the folds of the error in each epoch, {@code [epochs]}
 */
@SuppressWarnings("ArrayRecordComponent")
record ValidationErrors(int[] heldOut, double[] shares, double[][][] errors, double[] trainErrors) {

    /**
     * A place on the curve.
     *
     * @param epoch from 0
     * @param share index of the share
     */
    private record Place(int epoch, int share) {}

    /** The smallest mean error over all held-out series; the first epoch and the largest share of equals. */
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

    /** The epoch that is best at the best share. */
    int bestEpoch() {
        return best().epoch;
    }

    /** The share that is best at the best epoch. */
    double bestShare() {
        return shares[best().share];
    }

    /** The mean error there. */
    double error() {
        return error(best());
    }

    private double error(Place place) {
        return mean(place.epoch, place.share);
    }

    /** Whether the training stayed finite. */
    boolean allFinite() {
        return Arrays.stream(trainErrors).allMatch(Double::isFinite) && Double.isFinite(mean(errors.length - 1, 0));
    }

    private double mean(int epoch, int share) {
        return Arrays.stream(errors[epoch][share]).average().orElseThrow();
    }

    /** Whether the errors at the best place are smaller than another's by more than one standard error of the gain. */
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
        // Where one diverged there is a NaN, and nothing is clear.
        return gain > Math.sqrt(squares / (mine.length - 1) / mine.length);
    }

    /** The mean error of each fold at the best place. */
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

    /** One report for each epoch, all of what was learned used. */
    List<EpochReport> reports() {
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch < errors.length; epoch++) {
            reports.add(new EpochReport(trainErrors[epoch - 1], 0, mean(epoch, 0)));
        }
        return reports;
    }
}
