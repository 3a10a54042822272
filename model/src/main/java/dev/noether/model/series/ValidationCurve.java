package dev.noether.model.series;

import dev.noether.model.training.EpochReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the held-out series of all folds said of one training, epoch by epoch; epoch 0 is before the first step.
 *
 * @param heldOut number of held-out series of each fold
 * @param errors mean squared error of each held-out series after each epoch, {@code [epochs + 1][series of all folds]}
 * @param trainErrors mean over the folds of the error in each epoch, {@code [epochs]}
 */
@SuppressWarnings("ArrayRecordComponent")
record ValidationCurve(int[] heldOut, double[][] errors, double[] trainErrors) {

    /** The epoch with the smallest mean error over all held-out series; the first of equals. */
    int bestEpoch() {
        int best = 0;
        for (int epoch = 1; epoch < errors.length; epoch++) {
            // Written so that NaN is never better, and anything is better than NaN.
            if (mean(epoch) < mean(best) || Double.isNaN(mean(best))) {
                best = epoch;
            }
        }
        return best;
    }

    /** The mean error at the best epoch. */
    double error() {
        return mean(bestEpoch());
    }

    /** Whether the training stayed finite. */
    boolean allFinite() {
        return Arrays.stream(trainErrors).allMatch(Double::isFinite) && Double.isFinite(mean(errors.length - 1));
    }

    double mean(int epoch) {
        return Arrays.stream(errors[epoch]).average().orElseThrow();
    }

    /** Whether the errors at the best epochs are smaller than another's by more than one standard error of the gain. */
    boolean clearlyBetterThan(ValidationCurve other) {
        return clearlyBetter(errors[bestEpoch()], other.errors[other.bestEpoch()]);
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

    /** The mean error of each fold at the best epoch. */
    List<Double> foldErrors() {
        List<Double> means = new ArrayList<>();
        double[] best = errors[bestEpoch()];
        int from = 0;
        for (int count : heldOut) {
            means.add(Arrays.stream(best, from, from + count).average().orElseThrow());
            from += count;
        }
        return means;
    }

    /** One report for each epoch. */
    List<EpochReport> reports() {
        List<EpochReport> reports = new ArrayList<>();
        for (int epoch = 1; epoch < errors.length; epoch++) {
            reports.add(new EpochReport(trainErrors[epoch - 1], 0, mean(epoch)));
        }
        return reports;
    }
}
