package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Axis;
import dev.noether.lab.html.CaptionedElement;
import dev.noether.lab.html.PageElement;
import dev.noether.lab.html.Plot;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The chart of test errors over epochs: one line with a band for each network. */
final class TestErrorChart {
    private TestErrorChart() {}

    /** The chart of one set's results; empty if no run recorded a curve. */
    static Optional<PageElement> of(List<MethodResult> results) {
        List<CurveBand> bands = bands(results);
        if (bands.isEmpty()) {
            return Optional.empty();
        }
        double[] last = bands.stream()
                .mapToDouble(band -> band.epochs()[band.epochs().length - 1])
                .toArray();
        Axis across = Axis.around("epoch", new double[] {1}, last);
        double[] means = bands.stream()
                .flatMapToDouble(band -> DoubleStream.of(band.mean()))
                .toArray();
        Plot plot = new Plot("Test error over epochs", across, errorAxis(means), SetSection.WIDTH, SetSection.HEIGHT)
                .colours(networkLabels());
        bands.forEach(band -> plot.band(band.name(), band.epochs(), band.low(), band.high()));
        bands.forEach(band -> plot.line(band.name(), band.epochs(), band.mean()));
        return Optional.of(new CaptionedElement(
                plot,
                "Test error × 100: mean over runs, with a band of one standard deviation (Figs. 4 and 6 of the paper)."
                        + " A curve that rises again shows overfitting."
                        + " Measured on at most %s test rows, the first ones."
                                .formatted(NumberText.count(RunResult.Course.MOST_CURVE_ROWS))));
    }

    /** The labels of all networks, in the order of their colours. */
    static List<String> networkLabels() {
        return ComparedMethod.all().stream()
                .filter(ComparedMethod::isNetwork)
                .map(ComparedMethod::label)
                .toList();
    }

    private static List<CurveBand> bands(List<MethodResult> results) {
        List<CurveBand> bands = new ArrayList<>();
        for (MethodResult result : results) {
            List<List<Double>> curves = result.runs().stream()
                    .filter(run -> run.failure() == null)
                    .map(run -> run.course().testCurve())
                    .filter(curve -> !curve.isEmpty())
                    .toList();
            if (!curves.isEmpty()) {
                bands.add(CurveBand.of(result.method().label(), curves));
            }
        }
        return bands;
    }

    /** A logarithmic axis from the smallest positive error to the largest; an error of 0 lies at its lower end. */
    private static Axis errorAxis(double[] values) {
        double most = DoubleStream.of(values).max().orElse(1);
        double least = DoubleStream.of(values).filter(value -> value > 0).min().orElse(1);
        return Axis.logarithmic("test error × 100", Math.max(least, most * 1e-6), Math.max(most, Double.MIN_NORMAL));
    }
}
