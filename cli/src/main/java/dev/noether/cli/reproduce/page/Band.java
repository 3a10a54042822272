package dev.noether.cli.reproduce.page;

import java.util.List;

/** Curves of several runs as one line with a band. */
final class Band {
    private static final double PERCENT = 100;

    private Band() {}

    /**
     * The mean over runs, and one standard deviation below and above, times 100; as long as the shortest curve.
     *
     * @param curves one for each run, none empty
     */
    static LineChart.Line of(String name, List<List<Double>> curves) {
        int length = curves.stream().mapToInt(List::size).min().orElseThrow();
        double[] epochs = new double[length];
        double[] mean = new double[length];
        double[] low = new double[length];
        double[] high = new double[length];
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
            epochs[epoch] = epoch + 1;
            mean[epoch] = average;
            low[epoch] = average - deviation;
            high[epoch] = average + deviation;
        }
        return new LineChart.Line(name, epochs, mean, low, high);
    }
}
