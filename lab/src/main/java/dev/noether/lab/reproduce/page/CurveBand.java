package dev.noether.lab.reproduce.page;

import java.util.List;

/**
 * Curves of several runs as one line with a band: the mean over runs, and one standard deviation below and above, times
 * 100; as long as the shortest curve.
 *
 * @param name of the line
 * @param epochs from 1
 * @param mean over runs
 * @param low lower end of the band, not below a hundredth of the mean
 * @param high upper end of the band
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CurveBand(String name, double[] epochs, double[] mean, double[] low, double[] high) {
    private static final double PERCENT = 100;
    /** A band on a logarithmic axis has to end above 0. */
    private static final double LEAST_SHARE = 0.01;

    /**
     * Of curves.
     *
     * @param curves one for each run, none empty
     */
    static CurveBand of(String name, List<List<Double>> curves) {
        int length = curves.stream().mapToInt(List::size).min().orElseThrow();
        CurveBand band =
                new CurveBand(name, new double[length], new double[length], new double[length], new double[length]);
        for (int epoch = 0; epoch < length; epoch++) {
            double sum = 0;
            double squares = 0;
            for (List<Double> curve : curves) {
                double value = PERCENT * curve.get(epoch);
                sum += value;
                squares += value * value;
            }
            int runs = curves.size();
            double average = sum / runs;
            double deviation =
                    runs == 1 ? 0 : Math.sqrt(Math.max(0, squares / runs - average * average) * runs / (runs - 1));
            band.epochs[epoch] = epoch + 1;
            band.mean[epoch] = average;
            band.low[epoch] = Math.max(LEAST_SHARE * average, average - deviation);
            band.high[epoch] = average + deviation;
        }
        return band;
    }
}
